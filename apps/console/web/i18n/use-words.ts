import { useTranslation } from 'react-i18next'
import type { Term } from '../api/schema'
import { useMeta } from '../api/use-meta'
import { spanText } from '../time/remaining'
import { GLOSSARY } from './glossary'
import type { Language } from './language'

export type Section = keyof typeof GLOSSARY
export type CodeOf<S extends Section> = keyof (typeof GLOSSARY)[S] & string

/** Everything that a component needs to show texts: the page's own words, names of codes, time spans. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const { data: meta } = useMeta()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh'
  /** The text of a term in the reader's language. */
  const say = (term: Term): string => term[language]
  /** For sections and codes outside the types: in changes, and from a newer server. An unknown code is shown as it is. */
  const nameOfCode = (section: string, code: string): string => say(termOf(section, code) ?? { zh: code, en: code })
  return {
    t,
    language,
    meta,
    say,
    nameOfCode,
    /** The name of a code of the glossary, checked by the types; null is shown as “unknown”. */
    name: <S extends Section>(section: S, code: CodeOf<S> | null): string =>
      code === null ? t('unknown') : nameOfCode(section, code),
    /** `2 小时 13 分` */
    span: (milliseconds: number, coarse = false): string =>
      spanText(
        milliseconds,
        { day: t('unit.day'), hour: t('unit.hour'), minute: t('unit.minute'), second: t('unit.second') },
        coarse,
      ),
    marketplace: (id: string): string => {
      const known = meta?.marketplaces.find((marketplace) => marketplace.id === id)
      return known === undefined ? id : say(known)
    },
  }
}

export type Wording = ReturnType<typeof useWords>

/** The codes of a section, in the order of the glossary. */
export const codesOf = <S extends Section>(section: S): readonly CodeOf<S>[] =>
  Object.keys(GLOSSARY[section]) as CodeOf<S>[]

function termOf(section: string, code: string): Term | undefined {
  const terms: Readonly<Record<string, Term>> = Object.hasOwn(GLOSSARY, section) ? GLOSSARY[section as Section] : {}
  return Object.hasOwn(terms, code) ? terms[code] : undefined
}
