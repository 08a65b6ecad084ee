import type { Instant } from '../facets'

/**
 * How new a report is: the platform's revision of the case first, then when the platform said it to us. Both come
 * with the message, so the order in which we work does not matter. Revisions of a marketplace may be whole seconds:
 * of two different reports with one revision, the one that was told later wins.
 */
export interface Stamp {
  readonly revision: Instant
  readonly observedAt: Instant
}

/**
 * How far a marketplace's clock may be ahead of ours. Marketplaces refuse calls whose time is more than ten minutes wrong, so
 * a process that works at all is not further off; five more minutes are for messages that wait a moment. What is later than
 * that is no clock: it is a time that has not come yet.
 */
export const TOLERATED_SKEW_MS = 900_000

/** Whether a time that was told cannot have been yet when it was received. */
export const isFromTheFuture = (told: Instant, receivedAt: Instant): boolean => told > receivedAt + TOLERATED_SKEW_MS

/**
 * No report gets in whose revision is still to come when it is received. One that got in before that was so is older than
 * any that can be, so that the next one sets the case right.
 */
export function isNewer(a: Stamp, b: Stamp): boolean {
  const cannotBe = isFromTheFuture(a.revision, a.observedAt)
  if (cannotBe !== isFromTheFuture(b.revision, b.observedAt)) return !cannotBe
  return a.revision !== b.revision ? a.revision > b.revision : a.observedAt > b.observedAt
}

export const isSame = (a: Stamp, b: Stamp): boolean => a.revision === b.revision && a.observedAt === b.observedAt

/** Whether two facet values say the same; an absent key and an undefined one are alike. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((v, i) => sameValue(v, b[i]))
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  for (const key in left) if (!sameValue(left[key], right[key])) return false
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false
  return true
}

/** A text that is equal exactly when two facet values are equal: keys sorted, absent and undefined alike. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
}

/** The last word between two reports of one and the same stamp: arbitrary, but the same in every order. */
export const winsTie = (a: unknown, b: unknown): boolean => canonical(a) > canonical(b)
