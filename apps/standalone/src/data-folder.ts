import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What this program puts there; a folder with any of it is its own. */
const OURS = ['master.key', 'postgres', 'evidence', 'simulator.json']

/**
 * Makes the data folder, and closes an existing one of ours to other users: it holds keys, a database and simulated people.
 * Root leaves it passable (0711), since the database runs as another user. A folder that holds nothing of ours stays as it
 * is: it may be a shared one.
 */
export function makePrivate(folder: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  const isNew = mkdirSync(folder, { recursive: true, mode }) !== undefined
  const isOurs = isNew || OURS.some((name) => existsSync(join(folder, name)))
  if (isOurs && statSync(folder).uid === process.getuid?.()) chmodSync(folder, mode)
}
