import type { Translation } from '../inbound'

/** Asserts that a translation is well formed: safe for PostgreSQL, money in fen, instants in milliseconds. */
export function assertValid(translation: Translation): Translation {
  expect(textsIn(translation).filter((text) => /\u0000|\p{Surrogate}/u.test(text))).toEqual([])
  expect(['observed', 'answered', 'complete', 'must-read', 'irrelevant', 'unintelligible']).toContain(translation.type)
  if (translation.type === 'observed' || translation.type === 'must-read')
    expect(translation.case.caseNumber).toMatch(/^[\x21-\x7e]{1,64}$/)
  if (translation.type === 'irrelevant' || translation.type === 'unintelligible')
    expect(translation.why.length).toBeLessThan(300)
  if (translation.type === 'answered') expect(Number.isSafeInteger(translation.token)).toBe(true)
  if (translation.type === 'observed') {
    const { stamp, facets } = translation.report
    expect(Number.isSafeInteger(stamp.revision) && Number.isSafeInteger(stamp.observedAt)).toBe(true)
    const { amounts, amountAgreed, amountRefunded } = facets
    const totals = [amounts, amountAgreed, amountRefunded].map((amount) => amount?.total ?? 0)
    for (const fen of [...totals, ...Object.values(amounts?.legs ?? {})])
      expect(Number.isSafeInteger(fen) && fen >= 0).toBe(true)
    if (facets.deadline !== undefined) expect(facets.deadline.forRaw).toBe(facets.status?.raw)
  }
  return translation
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
