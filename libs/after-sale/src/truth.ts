/** What is known of a claim: it holds, it does not, or it is unknown. Unknown is never treated as either. */
export type Truth = 'true' | 'false' | 'unknown'

export const truthOf = (claim: boolean | undefined): Truth =>
  claim === undefined ? 'unknown' : claim ? 'true' : 'false'

/** All must hold: one false is false, else one unknown is unknown. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false'
  return truths.includes('unknown') ? 'unknown' : 'true'
}

/** One true is enough. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('true')) return 'true'
  return truths.includes('unknown') ? 'unknown' : 'false'
}
