import type { PresenceNotice } from './presence-notices'

/** A page that was not heard of for so long is closed, or its network is gone. Browsers report every ten seconds. */
export const PRESENCE_LASTS_MS = 25_000
/** Open pages of one person, and of all people, that are remembered; no person looks at more at a time. */
const PAGES_OF_A_PERSON = 20
const PAGES_OF_ALL = 5_000

/** Who has a case open. */
export interface CasePresence {
  readonly org: number
  readonly store: number
  readonly caseId: string
  /** By id; a person with several pages counts once. */
  readonly people: readonly PresentPerson[]
}

export interface PresentPerson {
  readonly id: string
  readonly typing: boolean
}

interface Page extends PresenceNotice {
  readonly until: number
}

/**
 * Who looks at which case now, in the memory of one process; every process hears the same notices. It says nothing about who
 * may act. Times are of this process, so that no other clock counts.
 */
export class PresenceBoard {
  private readonly pages = new Map<string, Page>()

  constructor(private readonly now: () => number) {}

  get isEmpty(): boolean {
    return this.pages.size === 0
  }

  /** The case as it is after the notice; `undefined`: nothing to be seen has changed. */
  hear(notice: PresenceNotice): CasePresence | undefined {
    return this.changeOf(notice, () => this.put(notice))
  }

  /** Forgets the pages that were not heard of; the cases that have changed by it. */
  expire(): CasePresence[] {
    const now = this.now()
    const over = [...this.pages.values()].filter(({ until }) => until <= now)
    return over.flatMap((page) => this.changeOf(page, () => void this.pages.delete(keyOf(page))) ?? [])
  }

  /** The cases of the organisation that people have open. */
  of(org: number): CasePresence[] {
    const cases = new Map<string, Page>()
    for (const page of this.pages.values()) if (page.org === org) cases.set(page.caseId, page)
    return [...cases.values()].map((page) => this.caseOf(page))
  }

  private put(notice: PresenceNotice): void {
    const key = keyOf(notice)
    if (notice.presence === 'left') return void this.pages.delete(key)
    if (!this.pages.has(key) && (this.pages.size >= PAGES_OF_ALL || this.pagesOf(notice) >= PAGES_OF_A_PERSON)) return
    this.pages.set(key, { ...notice, until: this.now() + PRESENCE_LASTS_MS })
  }

  private pagesOf({ org, person }: PresenceNotice): number {
    return [...this.pages.values()].filter((page) => page.org === org && page.person === person).length
  }

  private changeOf(notice: PresenceNotice, change: () => void): CasePresence | undefined {
    const before = JSON.stringify(this.caseOf(notice).people)
    change()
    const after = this.caseOf(notice)
    return JSON.stringify(after.people) === before ? undefined : after
  }

  private caseOf({ org, store, caseId }: PresenceNotice): CasePresence {
    const typing = new Map<string, boolean>()
    for (const page of this.pages.values())
      if (page.caseId === caseId && page.org === org)
        typing.set(page.person, typing.get(page.person) === true || page.presence === 'typing')
    const people = [...typing].map(([id, isTyping]) => ({ id, typing: isTyping }))
    return { org, store, caseId, people: people.sort((a, b) => (a.id < b.id ? -1 : 1)) }
  }
}

/** With organisation and person: no page is displaced by a stranger who uses its id. */
const keyOf = ({ org, person, view, caseId }: PresenceNotice): string => `${org}/${person}/${view}/${caseId}`
