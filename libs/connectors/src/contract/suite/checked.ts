import type { Translation } from '../inbound'

/** A translation of the right form: safe for PostgreSQL, money in fen, instants in milliseconds. */
export function checked(said: Translation): Translation {
  expect(textsIn(said).filter((text) => /\u0000|\p{Surrogate}/u.test(text))).toEqual([])
  expect(['observed', 'answered', 'complete', 'must-read', 'irrelevant', 'unintelligible']).toContain(said.type)
  if (said.type === 'observed' || said.type === 'must-read') expect(said.case.caseNumber).toMatch(/^[\x21-\x7e]{1,64}$/)
  if (said.type === 'irrelevant' || said.type === 'unintelligible') expect(said.why.length).toBeLessThan(300)
  if (said.type === 'answered') expect(Number.isSafeInteger(said.token)).toBe(true)
  if (said.type === 'observed') {
    const { stamp, facets } = said.report
    expect(Number.isSafeInteger(stamp.revision) && Number.isSafeInteger(stamp.observedAt)).toBe(true)
    const { amounts, amountAgreed, amountRefunded } = facets
    const totals = [amounts, amountAgreed, amountRefunded].map((amount) => amount?.total ?? 0)
    for (const fen of [...totals, ...Object.values(amounts?.legs ?? {})])
      expect(Number.isSafeInteger(fen) && fen >= 0).toBe(true)
    if (facets.deadline !== undefined) expect(facets.deadline.forRaw).toBe(facets.status?.raw)
  }
  return said
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
