import { TEXTS } from './texts'
import type { Texts } from './translation'
import { translationIn } from './translation'

/** The variables of a text: `{{name}}`. */
const variablesIn = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort()

/** Every text as its key, in both languages. */
function flatten(texts: Texts, prefix = ''): (readonly [string, string, string])[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text['zh'] === 'string'
      ? [[`${prefix}${key}`, text['zh'], String(text['en'])] as const]
      : flatten(text as Texts, `${prefix}${key}.`),
  )
}

describe("the page's texts", () => {
  it('have the same variables in both languages', () => {
    const different = flatten(TEXTS).filter(([, zh, en]) => variablesIn(zh).join() !== variablesIn(en).join())
    expect(different).toEqual([])
  })

  it('are empty in both languages or in none', () => {
    expect(flatten(TEXTS).filter(([, zh, en]) => (zh.trim() === '') !== (en.trim() === ''))).toEqual([])
    expect(flatten(TEXTS).length).toBeGreaterThan(300)
  })

  it('are read by key, in one language', () => {
    expect(translationIn('en', { case: { title: { zh: '售后单', en: 'Case' } } })).toEqual({ case: { title: 'Case' } })
  })
})
