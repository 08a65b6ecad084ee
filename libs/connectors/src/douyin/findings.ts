import { createHash } from 'node:crypto'
import type { Instant } from '#after-sale'
import type { InboundMessage, WindowRead } from '../contract'

export interface Row {
  readonly raw: string
  readonly caseNumber: string | undefined
  readonly revision: Instant | undefined
}

export interface Page {
  readonly rows: readonly Row[]
  /** Rows that the platform counts from the asked start to the end. */
  readonly total: number
  readonly more: boolean
}

/** What one window has given so far, so that it can be told what the platform claimed and what was seen. */
export class Findings {
  private readonly messages = new Map<string, InboundMessage>()
  /** The newest revision of each case; a row that cannot be read counts as a case of its own. */
  private readonly revisions = new Map<string, Instant>()
  private readonly unreadable = new Set<string>()
  private pages = 0
  private claimed = 0

  get seen(): number {
    return this.revisions.size
  }

  /** `start` is where the page's query began: what lies before it was counted by earlier queries. */
  add({ rows, total }: Page, start: Instant): void {
    this.pages++
    for (const { raw, caseNumber, revision } of rows) {
      // Equal rows of overlapping windows are one message; a spoilt row is a message too and goes to quarantine.
      const key = `${caseNumber ?? 'unread'}:${createHash('sha256').update(raw).digest('hex')}`
      this.messages.set(key, { channel: 'list', key, shop: undefined, raw })
      const readable = caseNumber !== undefined && revision !== undefined
      const name = readable ? caseNumber : key
      if (!readable) this.unreadable.add(name)
      this.revisions.set(name, Math.max(revision ?? start, this.revisions.get(name) ?? 0))
    }
    let before = 0
    for (const revision of this.revisions.values()) if (revision < start) before++
    this.claimed = before + total
  }

  read(): WindowRead {
    const cases = [...this.revisions]
      .filter(([name]) => !this.unreadable.has(name))
      .map(([caseNumber, revision]) => ({ caseNumber, revision }))
    return {
      messages: [...this.messages.values()],
      pages: this.pages,
      claimed: this.claimed,
      seen: this.seen,
      cases,
    }
  }
}
