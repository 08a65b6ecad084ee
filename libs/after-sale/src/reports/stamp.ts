import type { Instant } from '../facets'

/**
 * How new a report is: the platform's revision of the case first, then when the platform reported it to us. Both are
 * part of the message, so the order of processing does not matter. Revisions of a marketplace may be whole seconds: of
 * two different reports with one revision, the later one wins.
 */
export interface Stamp {
  readonly revision: Instant
  readonly observedAt: Instant
}

/**
 * How far a marketplace's clock may be ahead of ours. Marketplaces refuse calls whose timestamp is more than ten
 * minutes off, so our clock is not further off than that; five more minutes allow for delayed messages. A later time is
 * in the future, not clock skew.
 */
export const TOLERATED_SKEW_MS = 900_000

/** Whether a reported time was still in the future when it was received. */
export const isFromTheFuture = (reported: Instant, receivedAt: Instant): boolean =>
  reported > receivedAt + TOLERATED_SKEW_MS

/**
 * Reports whose revision is in the future are rejected on receipt. One stored before that rule existed counts as older
 * than any plausible one, so that the next report corrects the case.
 */
export function isNewer(a: Stamp, b: Stamp): boolean {
  const isInvalid = isFromTheFuture(a.revision, a.observedAt)
  if (isInvalid !== isFromTheFuture(b.revision, b.observedAt)) return !isInvalid
  return a.revision !== b.revision ? a.revision > b.revision : a.observedAt > b.observedAt
}

export const isSameStamp = (a: Stamp, b: Stamp): boolean => a.revision === b.revision && a.observedAt === b.observedAt

/** Whether two facet values are equal; an absent key equals an undefined one. */
export function isEqualValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((v, i) => isEqualValue(v, b[i]))
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  for (const key in left) if (!isEqualValue(left[key], right[key])) return false
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false
  return true
}

/** A text that is the same for two values exactly if they are equal: keys are sorted, `undefined` counts as absent. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalText(v)}`).join(',')}}`
}

/** Breaks the tie between two reports with the same stamp: arbitrary, but the same in every order. */
export const winsTie = (a: unknown, b: unknown): boolean => canonicalText(a) > canonicalText(b)
