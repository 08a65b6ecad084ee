import { useTranslation } from 'react-i18next'
import { useMeta } from '../api/queries'
import type { Meta, Term } from '../api/shapes'
import { spanText } from '../time/remaining'
import { GLOSSARY_FALLBACK } from './glossary-fallback'
import type { Language } from './language'

/** All that a component needs to speak: the page's own words, names of codes, spans of time. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const { data: meta } = useMeta()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh'
  const say = (term: Term): string => term[language]
  return {
    t,
    language,
    meta,
    say,
    /** The name of a code; an unnamed code is shown as it is, a missing one as unknown. */
    name: (section: string, code: string | null | undefined): string =>
      code === null || code === undefined ? t('unknown') : say(termOf(meta, section, code) ?? { zh: code, en: code }),
    /** `2 小时 13 分` */
    span: (milliseconds: number, coarse = false): string =>
      spanText(
        milliseconds,
        { day: t('unit.day'), hour: t('unit.hour'), minute: t('unit.minute'), second: t('unit.second') },
        coarse,
      ),
    marketplace: (id: string): string => {
      const known = meta?.marketplaces.find((one) => one.id === id)
      return known === undefined ? id : say(known)
    },
  }
}

export type WordsInUse = ReturnType<typeof useWords>

/** The codes of a section, in the order in which the trade tells them. */
export function codesOf(meta: Meta | undefined, section: string): string[] {
  const told = Object.keys(meta?.glossary[section] ?? {})
  return told.length > 0 ? told : Object.keys(GLOSSARY_FALLBACK[section] ?? {})
}

/** Codes of the same word may be written `OBSERVED` or `observed`. */
export function termOf(meta: Meta | undefined, section: string, code: string): Term | undefined {
  for (const glossary of [meta?.glossary[section], GLOSSARY_FALLBACK[section]]) {
    const found = glossary?.[code] ?? glossary?.[code.toUpperCase()] ?? glossary?.[code.toLowerCase()]
    if (found !== undefined) return found
  }
  return undefined
}
