import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { KeySettings } from './key-settings'
import { parseKeys, masterKeysOf } from './key-settings'

export interface KeyFileSettings extends KeySettings {
  /** Where the embedded database is stored. */
  readonly DATA_FOLDER: string
  readonly KEY_FILE?: string
}

/** Beside the data folder and not in it: a backup of the data must not hold the key that opens it. */
export const keyFileOf = ({ DATA_FOLDER, KEY_FILE }: KeyFileSettings): string =>
  resolve(KEY_FILE ?? `${resolve(DATA_FOLDER)}.key`)

/** Where earlier versions kept the key. It works as before, also beside a key file. */
const legacyKeyFileOf = ({ DATA_FOLDER }: KeyFileSettings): string => join(resolve(DATA_FOLDER), 'master.key')

/**
 * The keys of `npm start` and of the tools for its data: as set, or as kept in files; the first seals, all open. A file may hold
 * several, a line each. Empty where there are none.
 */
export async function loadMasterKeys(
  settings: KeyFileSettings,
  log: (line: string) => void = () => undefined,
): Promise<Buffer[]> {
  const given = masterKeysOf(settings)
  if (given.length > 0) return given
  const [file, legacy] = [keyFileOf(settings), legacyKeyFileOf(settings)]
  const keys = [...(await keysOf(file)), ...(await keysOf(legacy))]
  if (keys.length > 0 && (await readIfPresent(file)) === undefined)
    log(`the key is in the data folder: move ${legacy} to ${file}, and back the two up apart`)
  return keys.filter((key, i) => keys.findIndex((other) => other.equals(key)) === i)
}

/** The same; where there are none yet one is made and kept, readable by its owner only. */
export async function loadOrCreateMasterKeys(
  settings: KeyFileSettings,
  log?: (line: string) => void,
): Promise<Buffer[]> {
  const found = await loadMasterKeys(settings, log)
  if (found.length > 0) return found
  const file = keyFileOf(settings)
  const key = randomBytes(32)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return [key]
}

async function keysOf(file: string): Promise<Buffer[]> {
  const text = await readIfPresent(file)
  if (text === undefined) return []
  // Read access to it is read access to everything.
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600)
  return parseKeys(file, text)
}

const readIfPresent = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(undefinedIfAbsent)

function undefinedIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
