import type { DataSource } from 'typeorm'
import type { Directory, Organisation, Vault } from '#access'
import type { EvidenceStore } from '#case-handling'
import type { Bells } from '#event-store'
import type { Readiness } from '#runtime'

/** What the console is composed of. */
export interface ConsoleParts {
  readonly database: DataSource
  readonly vault: Vault
  readonly directory: Directory
  readonly bells: Bells
  /** UTC ms. */
  readonly clock: () => number
  /** Whose cases are shown; until people log in, every caller belongs to it. */
  readonly organisation: Organisation
  /** The limit of all evidence uploads in progress together, bytes; absent: the default. */
  readonly mostEvidenceInHand?: number
  /** Where evidence is stored; absent: uploads are refused. */
  readonly evidence?: EvidenceStore
  /** Drained when the process stops; absent: ready while the database is. */
  readonly readiness?: Readiness
  /** The prefix of topic names, where it is not the default. */
  readonly topicPrefix?: string
  /** The folder of the built page; found by itself if absent. */
  readonly pageFolder?: string
}

/** The injection token of the parts. */
export const PARTS = Symbol('parts of the console')
