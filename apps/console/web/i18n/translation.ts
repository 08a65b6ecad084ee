import type { Term } from '../api/schema'

/** A text in both languages, or a group of them. */
export type Texts = { readonly [key: string]: Term | Texts }

/** The texts of one language, as i18next takes them. */
export type Translation = { readonly [key: string]: string | Translation }

export function translationIn(language: keyof Term, texts: Texts): Translation {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, isTerm(text) ? text[language] : translationIn(language, text)]),
  )
}

const isTerm = (text: Term | Texts): text is Term => typeof text['zh'] === 'string'
