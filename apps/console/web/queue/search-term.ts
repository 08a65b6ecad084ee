/** The four searches of the trade (R169). */
export const SEARCHES = ['order', 'name', 'phone', 'applied'] as const
export type SearchBy = (typeof SEARCHES)[number]

/** `params` are the query parameters of the API; `shown` is what the page calls the search. */
export interface SearchTerm {
  by: SearchBy
  shown: string
  params: { order?: string; name?: string; phone?: string; appliedFrom?: string; appliedTo?: string }
}

/** Which search is meant by a text: digits of a phone, an order number, else a name. */
export function guessSearchBy(typed: string): SearchBy | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  if (/^(?:\+?86[- ]?)?1\d{10}$/.test(text) || /^\d{4}$/.test(text)) return 'phone'
  return /^[\d-]+$/.test(text) ? 'order' : 'name'
}

/** The search for what was typed, or for a time range; undefined while there is nothing to search for. */
export function searchTermOf(by: SearchBy, text: string, from?: string, to?: string): SearchTerm | undefined {
  if (by === 'applied') {
    if (from === undefined && to === undefined) return undefined
    return {
      by,
      shown: '',
      params: {
        ...(from === undefined ? {} : { appliedFrom: from }),
        ...(to === undefined ? {} : { appliedTo: to }),
      },
    }
  }
  const shown = text.trim()
  if (shown === '') return undefined
  return { by, shown, params: { [by]: by === 'phone' ? digitsOf(shown) : shown } }
}

/** A number copied from a chat has a country code, blanks and dashes. */
function digitsOf(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits
}
