import { createHash } from 'node:crypto'
import type { Instant } from '#after-sale'
import type { InboundMessage, WindowPass, WindowCount, PulledWindow } from '../../contract'
import { countAfterPass, unnamedRowsContradiction } from '../../contract'

/** One row of the list, with its exact text. */
export interface Row {
  readonly raw: string
  readonly caseNumber: string | undefined
  readonly revision: Instant | undefined
}

export interface Page {
  readonly rows: readonly Row[]
  /** Rows that the platform counts from the asked start to the end; `undefined`: no readable count. */
  readonly total: number | undefined
  readonly hasMore: boolean
  /** Why the page proves nothing although it was received; absent: it is consistent. */
  readonly contradiction?: string
}

/** What was read of one window so far, over all passes, to compare what the platform claimed with what was seen. */
export class WindowFindings {
  private readonly messages = new Map<string, InboundMessage>()
  /** The newest revision of each case, over all passes. */
  private readonly revisions = new Map<string, Instant>()
  /** The newest revision of each case that the pass has shown. */
  private passRevisions = new Map<string, Instant>()
  private unnamedRowKeys = new Set<string>()
  private pageClaims: { readonly start: Instant; readonly total: number | undefined }[] = []
  private contradiction: string | undefined
  private pagesRead = 0

  get pages(): number {
    return this.pagesRead
  }

  /** Cases that the pass has shown. */
  get seenCaseCount(): number {
    return this.passRevisions.size
  }

  beginPass(): void {
    this.passRevisions = new Map()
    this.unnamedRowKeys = new Set()
    this.pageClaims = []
    this.contradiction = undefined
  }

  /** `start` is where the page's query began: what lies before it was counted by earlier queries. */
  addPage({ rows, total, contradiction }: Page, start: Instant): void {
    this.pagesRead++
    this.pageClaims.push({ start, total })
    if (contradiction !== undefined) this.contradict(contradiction)
    for (const { raw, caseNumber, revision } of rows) {
      // Equal rows of overlapping windows are one message; a malformed row is a message too and goes to quarantine.
      const key = `${caseNumber ?? 'unread'}:${createHash('sha256').update(raw).digest('hex')}`
      this.messages.set(key, { channel: 'list', key, shop: undefined, raw })
      if (caseNumber === undefined) this.unnamedRowKeys.add(key)
      else
        for (const found of [this.passRevisions, this.revisions])
          found.set(caseNumber, Math.max(revision ?? start, found.get(caseNumber) ?? 0))
    }
  }

  contradict(why: string): void {
    this.contradiction ??= why
  }

  count(): WindowCount {
    const contradiction = this.contradiction ?? unnamedRowsContradiction(this.unnamedRowKeys.size)
    const pass: WindowPass = {
      claimedRows: this.claimedRows(),
      seenCases: new Set(this.passRevisions.keys()),
      ...(contradiction === undefined ? {} : { contradiction }),
    }
    return countAfterPass(pass, new Set(this.revisions.keys()))
  }

  toPulledWindow(): PulledWindow {
    const cases = [...this.revisions].map(([caseNumber, revision]) => ({ caseNumber, revision }))
    return { messages: [...this.messages.values()], pages: this.pagesRead, ...this.count(), cases }
  }

  /** The most rows that any page of the pass claimed, together with what its query left out because it was read before. */
  private claimedRows(): number | null {
    const revisions = [...this.passRevisions.values()].sort((a, b) => a - b)
    let largestClaim = 0
    for (const { start, total } of this.pageClaims) {
      if (total === undefined) return null
      largestClaim = Math.max(largestClaim, total + countBelow(revisions, start))
    }
    return largestClaim
  }
}

/** How many of the sorted values are smaller than `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}
