/** Longer than any key of ours, which is the id of a case. */
const MAX_HASHED_LENGTH = 1_000

/**
 * The partition of a record whose key is too long to be hashed: the client's hash takes quadratic time, minutes for a key of a
 * megabyte, and blocks the process meanwhile. Empty: the client chooses the partition by the key, as usual.
 */
export const partitionOfLongKey = (key: Buffer | string | null): { readonly partition?: number } =>
  key !== null && key.length > MAX_HASHED_LENGTH ? { partition: 0 } : {}
