import type { DataSource } from 'typeorm'
import type { Directory, Organisation, Vault } from '#access'
import type { EvidenceStore } from '#case-handling'
import type { Bells } from '#event-store'
import type { Readiness } from '#runtime'

/** What the console is put together from. */
export interface ConsoleParts {
  readonly database: DataSource
  readonly vault: Vault
  readonly directory: Directory
  readonly bells: Bells
  /** UTC ms. */
  readonly clock: () => number
  /** Whose cases are shown; until people log in, all who reach the console belong to it. */
  readonly organisation: Organisation
  /** What uploads of evidence in hand may have together, bytes; absent: as much as is usual. */
  readonly mostEvidenceInHand?: number
  /** Where evidence lies; absent: none is taken. */
  readonly evidence?: EvidenceStore
  /** Told when the process is to stop; absent: it is ready while the database is. */
  readonly readiness?: Readiness
  /** What stands before the names of topics, where it is not the usual. */
  readonly topicPrefix?: string
  /** Where the page was built to; found by itself if absent. */
  readonly pageFolder?: string
}

/** The injection token of the parts. */
export const PARTS = Symbol('parts of the console')
