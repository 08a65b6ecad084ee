import type { DataSource } from 'typeorm'
import type { ClaimLink, Identity } from '#access'
import { findOrganisation } from '#access'

interface OwnerLinksOptions {
  readonly identity: Pick<Identity, 'links'>
  readonly database: DataSource
  /** How people reach the console. */
  readonly url: string
  readonly writeLine: (line: string) => void
}

/** How often it looks for the first organisation: soon enough for a person who waits at the terminal after `npm run register`. */
const RETRY_INTERVAL_MS = 5_000

/** The address of a one-time link. The token follows `#`: no browser sends that part to a server, so no log has it. */
export const enterUrl = (url: string, token: string): string => `${url.replace(/\/$/, '')}/enter#${token}`

/**
 * Prints a link for each organisation without an owner: opened once, it makes the owner. Where no organisation is registered yet,
 * it waits for the first.
 */
export class OwnerLinks {
  private retryTimer: NodeJS.Timeout | undefined

  constructor(private readonly options: OwnerLinksOptions) {}

  async start(): Promise<void> {
    if (await this.printLinks()) return
    this.options.writeLine('console: no organisation is registered yet (npm run register)')
    this.retryTimer = setInterval(() => void this.retry(), RETRY_INTERVAL_MS)
  }

  stop(): void {
    clearInterval(this.retryTimer)
  }

  private async retry(): Promise<void> {
    try {
      if (await this.printLinks()) this.stop()
    } catch (error) {
      this.reportFailure(error)
    }
  }

  /** @returns `false` where no organisation is registered yet */
  private async printLinks(): Promise<boolean> {
    const { identity, database, url, writeLine } = this.options
    if ((await findOrganisation(database, undefined)) === undefined) return false
    for (const link of await identity.links.claimLinks()) writeLine(ownerLine(link, url))
    return true
  }

  private reportFailure(error: unknown): void {
    const name = error instanceof Error ? error.name : 'unknown error'
    this.options.writeLine(`console: the links for first owners could not be made: ${name}`)
  }
}

const ownerLine = ({ organisation, token, expiresAt }: ClaimLink, url: string): string =>
  `console: ${organisation} has no owner yet. Open ${enterUrl(url, token)} (once, until ${new Date(expiresAt).toISOString()}) to become the owner.`
