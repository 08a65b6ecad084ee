import type { DataSource } from 'typeorm'
import type { Directory } from './directory'
import { secretsReadiness, unreadableCounts } from './unreadable-secrets'
import type { Vault } from './vault'
import { missingKeys } from './vault'

/** Whether a process can open what is sealed, for its readiness. */
export interface KeyReadiness {
  /** Why it can do nothing, in a sentence; `undefined`: it can work. @throws where the database does not answer */
  lack(): Promise<string | undefined>
  /** What does not open while all else works, in sentences. */
  troubles(): Promise<readonly string[]>
  /** How many apps and stores have secrets that do not open. */
  counts(): Promise<{ apps: number; stores: number }>
}

export const keyReadiness = (database: DataSource, vault: Vault, directory: Directory): KeyReadiness => ({
  lack: async () => (await missingKeys(database, vault)) ?? secretsReadiness(await directory.current()).lack,
  troubles: async () => secretsReadiness(await directory.current()).troubles,
  counts: async () => unreadableCounts(await directory.current()),
})
