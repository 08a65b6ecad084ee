import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ClockSnapshot } from './clock'
import type { TokensSnapshot } from './http/tokens'
import type { Task } from './world/task'
import type { WorldSnapshot } from './world/world'

/** All that a restart must remember. Older files must stay readable: fields are only added. */
export interface SavedState {
  readonly version: 1
  readonly seed: string
  /** What app secrets and tokens are made from, random; earlier files have none. */
  readonly secret?: string
  readonly clock: ClockSnapshot<Task>
  readonly world: WorldSnapshot
  readonly tokens: Readonly<Record<string, TokensSnapshot>>
  /** What each marketplace keeps, under names of its own: messages that are under way, where they go. */
  readonly [own: string]: unknown
}

/** undefined: there is no state yet. Throws when the file is another seed's or cannot be read. */
export async function readState(path: string, seed: string): Promise<SavedState | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const state = JSON.parse(text) as SavedState
  if (state.version !== 1) throw new Error(`the state file ${path} has another version; remove it to start over`)
  if (state.seed !== seed)
    throw new Error(`the state file ${path} belongs to seed "${state.seed}"; remove it or use that seed`)
  return state
}

/**
 * Whole or not at all: a crash while writing leaves the former state. Secrets and the names of buyers are in it, so it is
 * its owner's alone, and so is a folder that is made for it.
 */
export async function writeState(path: string, state: SavedState): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.draft`
  // A draft that a crash has left behind would keep its mode.
  await rm(draft, { force: true })
  await writeFile(draft, JSON.stringify(state), { mode: 0o600, flag: 'wx' })
  await rename(draft, path)
}
