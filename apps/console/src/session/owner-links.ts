import type { DataSource } from 'typeorm'
import type { ClaimLink, Identity } from '#access'
import { findOrganisation } from '#access'

interface Printing {
  readonly identity: Identity
  readonly database: DataSource
  /** How people reach the console. */
  readonly url: string
  readonly say: (line: string) => void
}

const CHECK_EVERY_MS = 5_000
const HOUR = 3_600_000

/** The address of a one-time link. The token follows `#`: no browser sends that part to a server, so no log has it. */
export const enterUrl = (url: string, token: string): string => `${url.replace(/\/$/, '')}/enter#${token}`

/**
 * Prints a link for each organisation without an owner: opened once, it makes the owner. Where no organisation is registered yet,
 * it waits for the first. Removes what has ended, every hour.
 */
export class OwnerLinks {
  private timers: NodeJS.Timeout[] = []

  constructor(private readonly printing: Printing) {}

  async begin(): Promise<void> {
    const { identity, say } = this.printing
    const trouble = (error: unknown): void =>
      say(`console: people could not be looked after: ${error instanceof Error ? error.name : 'unknown error'}`)
    await identity.sweep()
    this.timers.push(setInterval(() => void identity.sweep().catch(trouble), HOUR))
    if (await this.print()) return
    say('console: no organisation is registered yet (npm run register)')
    const waiting = setInterval(() => {
      const printed = this.print().catch(trouble)
      void printed.then((done) => done === true && clearInterval(waiting))
    }, CHECK_EVERY_MS)
    this.timers.push(waiting)
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer)
  }

  /** `false`: there is no organisation yet. */
  private async print(): Promise<boolean> {
    const { identity, database, url, say } = this.printing
    if ((await findOrganisation(database, undefined)) === undefined) return false
    for (const link of await identity.links.claimLinks()) say(ownerLine(link, url))
    return true
  }
}

const ownerLine = ({ organisation, token, expiresAt }: ClaimLink, url: string): string =>
  `console: ${organisation} has no owner yet. Open ${enterUrl(url, token)} (once, until ${new Date(expiresAt).toISOString()}) to become the owner.`
