import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { SEARCHES, searchTermOf } from './search-term'
import type { SearchBy, SearchTerm } from './search-term'

/** `private`: names and phones, which must not be in the address bar, histories and bookmarks. `back`: the queue before the search. */
interface HistoryState {
  private?: string
  back?: string
}

export interface SearchState {
  /** Undefined: no search; the queue is shown. */
  by: SearchBy | undefined
  term: SearchTerm | undefined
  text: string
  from: string | undefined
  to: string | undefined
  start(by: SearchBy, text: string, from?: string, to?: string): void
  clear(): void
}

/** Names and phones are nowhere on the page but in the field into which they were typed. */
export const isPrivate = (by: SearchBy): boolean => by === 'name' || by === 'phone'

/** The search of the address bar and of the history entry; a reload and the back button keep it. */
export function useSearchState(): SearchState {
  const [params] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const state = (location.state ?? {}) as HistoryState

  const by = SEARCHES.find((one) => one === params.get('by'))
  const text = by === undefined ? '' : isPrivate(by) ? (state.private ?? '') : (params.get('q') ?? '')
  const from = params.get('appliedFrom') ?? undefined
  const to = params.get('appliedTo') ?? undefined

  return {
    by,
    text,
    from,
    to,
    term: by === undefined ? undefined : searchTermOf(by, text, from, to),
    start: (nextBy, nextText, nextFrom, nextTo) => {
      const next = new URLSearchParams({ by: nextBy })
      if (nextBy === 'applied') {
        if (nextFrom !== undefined) next.set('appliedFrom', nextFrom)
        if (nextTo !== undefined) next.set('appliedTo', nextTo)
      } else if (!isPrivate(nextBy)) next.set('q', nextText)
      const back = by === undefined ? location.search : state.back
      void navigate(
        { pathname: '/', search: next.toString() },
        { state: { ...(isPrivate(nextBy) ? { private: nextText } : {}), ...(back === undefined ? {} : { back }) } },
      )
    },
    clear: () => void navigate({ pathname: '/', search: state.back ?? '' }),
  }
}
