/** What is known of a claim: it is true, false, or unknown. Unknown is never treated as true or false. */
export type Truth = 'true' | 'false' | 'unknown'

export const truthOf = (claim: boolean | undefined): Truth =>
  claim === undefined ? 'unknown' : claim ? 'true' : 'false'

/** Three-valued "and": false where one is false, else unknown where one is unknown. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false'
  return truths.includes('unknown') ? 'unknown' : 'true'
}

/** Three-valued "or": true where one is true, else unknown where one is unknown. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('true')) return 'true'
  return truths.includes('unknown') ? 'unknown' : 'false'
}
