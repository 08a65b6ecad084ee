/** What is known of a claim: it holds, it does not, or nobody told. Unknown is never taken for either. */
export type Truth = 'true' | 'false' | 'unknown'

export const truthOf = (claim: boolean | undefined): Truth =>
  claim === undefined ? 'unknown' : claim ? 'true' : 'false'

/** All must hold: one that does not decides, else one that is unknown leaves it open. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false'
  return truths.includes('unknown') ? 'unknown' : 'true'
}

/** One is enough. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('true')) return 'true'
  return truths.includes('unknown') ? 'unknown' : 'false'
}
