import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Names that this program creates: a folder that contains one of them is our data folder. */
const OUR_NAMES = ['master.key', 'postgres', 'evidence', 'simulator.json']

/**
 * Creates the data folder, or removes other users' access to an existing one, because it contains keys, a database and
 * simulated people. As root it stays traversable (0711), because the database runs as another user. A folder without
 * anything of ours is left unchanged: others may share it.
 */
export function prepareDataFolder(folder: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  const isNew = mkdirSync(folder, { recursive: true, mode }) !== undefined
  const isOurs = isNew || OUR_NAMES.some((name) => existsSync(join(folder, name)))
  if (isOurs && statSync(folder).uid === process.getuid?.()) chmodSync(folder, mode)
}
