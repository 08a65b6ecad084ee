import { createHash } from 'node:crypto'
import type { Instant } from '#after-sale'
import type { InboundMessage, WindowPass, WindowCount, PulledWindow } from '../../contract'
import { countAfterPass, unnamedRows } from '../../contract'

export interface Row {
  readonly raw: string
  readonly caseNumber: string | undefined
  readonly revision: Instant | undefined
}

export interface Page {
  readonly rows: readonly Row[]
  /** Rows that the platform counts from the asked start to the end; `undefined`: no readable count. */
  readonly total: number | undefined
  readonly more: boolean
  /** Why the page proves nothing although it was received; absent: it is consistent. */
  readonly contradiction?: string
}

/** What one window has returned so far, to compare what the platform claimed with what was seen. */
export class WindowFindings {
  private readonly messages = new Map<string, InboundMessage>()
  /** The newest revision of each case, over all passes. */
  private readonly known = new Map<string, Instant>()
  /** The newest revision of each case that the pass has shown. */
  private shown = new Map<string, Instant>()
  private unnamed = new Set<string>()
  private claims: { readonly start: Instant; readonly total: number | undefined }[] = []
  private contradiction: string | undefined
  private pagesRead = 0

  get pages(): number {
    return this.pagesRead
  }

  /** Cases that the pass has shown. */
  get seen(): number {
    return this.shown.size
  }

  beginPass(): void {
    this.shown = new Map()
    this.unnamed = new Set()
    this.claims = []
    this.contradiction = undefined
  }

  /** `start` is where the page's query began: what lies before it was counted by earlier queries. */
  add({ rows, total, contradiction }: Page, start: Instant): void {
    this.pagesRead++
    this.claims.push({ start, total })
    if (contradiction !== undefined) this.contradict(contradiction)
    for (const { raw, caseNumber, revision } of rows) {
      // Equal rows of overlapping windows are one message; a malformed row is a message too and goes to quarantine.
      const key = `${caseNumber ?? 'unread'}:${createHash('sha256').update(raw).digest('hex')}`
      this.messages.set(key, { channel: 'list', key, shop: undefined, raw })
      if (caseNumber === undefined) this.unnamed.add(key)
      else
        for (const found of [this.shown, this.known])
          found.set(caseNumber, Math.max(revision ?? start, found.get(caseNumber) ?? 0))
    }
  }

  contradict(why: string): void {
    this.contradiction ??= why
  }

  count(): WindowCount {
    const contradiction = this.contradiction ?? unnamedRows(this.unnamed.size)
    const pass: WindowPass = {
      claimed: this.claimed(),
      shown: new Set(this.shown.keys()),
      ...(contradiction === undefined ? {} : { contradiction }),
    }
    return countAfterPass(pass, new Set(this.known.keys()))
  }

  read(): PulledWindow {
    const cases = [...this.known].map(([caseNumber, revision]) => ({ caseNumber, revision }))
    return { messages: [...this.messages.values()], pages: this.pagesRead, ...this.count(), cases }
  }

  /** The most rows that any page of the pass claimed, together with what its query left out because it was read before. */
  private claimed(): number | null {
    const revisions = [...this.shown.values()].sort((a, b) => a - b)
    let most = 0
    for (const { start, total } of this.claims) {
      if (total === undefined) return null
      most = Math.max(most, total + countBelow(revisions, start))
    }
    return most
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
