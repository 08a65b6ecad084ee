import type { PulledWindow } from './outbound'

/** One pass over all pages of a window. */
export interface WindowPass {
  /** The most rows that any page of the pass claimed; `null`: a page made no readable claim. */
  readonly claimedRows: number | null
  /** The cases that were seen in the pass. */
  readonly seenCases: ReadonlySet<string>
  /** A contradiction in its pages; absent where there is none. */
  readonly contradiction?: string
}

export type WindowCount = Pick<PulledWindow, 'claimed' | 'seen' | 'contradiction'>

/**
 * The count after a pass. `known` are the cases seen in all passes together. A row that changes while a window is read
 * leaves the window, so a case that only an earlier pass saw may account for a row that this pass claimed and did not
 * see.
 */
export function countAfterPass(
  { claimedRows: claimed, seenCases: shown, contradiction }: WindowPass,
  known: ReadonlySet<string>,
): WindowCount {
  const leftWindow = [...known].filter((name) => !shown.has(name)).length
  const missingRows = Math.max(0, (claimed ?? 0) - shown.size)
  return {
    claimed,
    seen: shown.size + Math.min(leftWindow, missingRows),
    ...(contradiction === undefined ? {} : { contradiction }),
  }
}

/** A window is complete only if exactly the claimed rows were seen. */
export const isComplete = ({ claimed, seen, contradiction }: WindowCount): boolean =>
  claimed !== null && claimed === seen && contradiction === undefined

/** Why a window is not proved complete, as text; `undefined` where it is complete. */
export function incompleteReason(count: WindowCount): string | undefined {
  if (isComplete(count)) return undefined
  if (count.contradiction !== undefined) return count.contradiction
  if (count.claimed === null) return 'the list does not say how many cases have changed'
  return `the list claims ${count.claimed} and shows ${count.seen}`
}

/** The contradiction of a page with rows that name no case. They are kept for quarantine, but cannot be counted as cases. */
export const unnamedRowsContradiction = (rows: number): string | undefined =>
  rows === 0 ? undefined : `${rows} ${rows === 1 ? 'row names' : 'rows name'} no case`
