import { isStorableText } from '#event-store'
import type { FieldError } from '../problems/problem-codes'

/** No valid request is nested this deep. */
const MAX_DEPTH = 16

/**
 * What is wrong with an input whatever its class: nested too deeply, or a text or key with NUL or half of a surrogate pair,
 * which the database cannot store. Visits plain objects and lists only, without recursion.
 */
export function findInputFlaw(input: unknown): FieldError | undefined {
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }]
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const { value, depth } = entry
    if (typeof value === 'string') {
      if (!isStorableText(value)) return UNSTORABLE
    } else if (isPlain(value)) {
      if (depth === MAX_DEPTH) return TOO_DEEP
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorableText(key)) return UNSTORABLE
        pending.push({ value: inner, depth: depth + 1 })
      }
    }
  }
  return undefined
}

const UNSTORABLE: FieldError = {
  pointer: '#',
  code: 'unstorable-text',
  detail: 'a text holds NUL or half of a surrogate pair, which cannot be stored',
}
const TOO_DEEP: FieldError = { pointer: '#', code: 'too-deep', detail: `is nested more than ${MAX_DEPTH} deep` }

/** Lists and objects that are of no class. The router's query has a prototype of its own, which inherits from nothing. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
