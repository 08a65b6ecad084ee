import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Names that this program creates; a folder containing any of them is ours. */
const OURS = ['master.key', 'postgres', 'evidence', 'simulator.json']

/**
 * Creates the data folder, or removes other users' access to an existing one of ours: it holds keys, a database and
 * simulated people. When run as root it stays traversable (0711), since the database runs as another user. A folder that
 * holds nothing of ours is left unchanged: it may be shared.
 */
export function preparePrivateFolder(folder: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  const isNew = mkdirSync(folder, { recursive: true, mode }) !== undefined
  const isOurs = isNew || OURS.some((name) => existsSync(join(folder, name)))
  if (isOurs && statSync(folder).uid === process.getuid?.()) chmodSync(folder, mode)
}
