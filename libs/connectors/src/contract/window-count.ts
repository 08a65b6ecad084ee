import type { PulledWindow } from './outbound'

/** One pass over all pages of a window. */
export interface WindowPass {
  /** The most rows that any page of the pass claimed; `null`: a page made no readable claim. */
  readonly claimed: number | null
  /** The cases that the pass showed. */
  readonly shown: ReadonlySet<string>
  /** What in its pages contradicts itself; absent: nothing. */
  readonly contradiction?: string
}

export type WindowCount = Pick<PulledWindow, 'claimed' | 'seen' | 'contradiction'>

/**
 * What a pass has proved. `known` are the cases that all passes showed: a row that changes while a window is read leaves
 * it, so a case that an earlier pass showed may account for one that this pass claimed first and did not show any more.
 */
export function countAfterPass({ claimed, shown, contradiction }: WindowPass, known: ReadonlySet<string>): WindowCount {
  const left = [...known].filter((name) => !shown.has(name)).length
  const lacking = Math.max(0, (claimed ?? 0) - shown.size)
  return {
    claimed,
    seen: shown.size + Math.min(left, lacking),
    ...(contradiction === undefined ? {} : { contradiction }),
  }
}

/** Only a window of which exactly the claimed rows were seen proves that nothing of it is missing. */
export const isComplete = ({ claimed, seen, contradiction }: WindowCount): boolean =>
  claimed !== null && claimed === seen && contradiction === undefined

/** Why a window proves nothing, in words; `undefined` where it is whole. */
export function incompleteReason(count: WindowCount): string | undefined {
  if (isComplete(count)) return undefined
  if (count.contradiction !== undefined) return count.contradiction
  if (count.claimed === null) return 'the list does not say how many cases have changed'
  return `the list claims ${count.claimed} and shows ${count.seen}`
}

/** A row that names no case is kept for quarantine, but its case cannot be counted as known. */
export const unnamedRows = (rows: number): string | undefined =>
  rows === 0 ? undefined : `${rows} ${rows === 1 ? 'row names' : 'rows name'} no case`
