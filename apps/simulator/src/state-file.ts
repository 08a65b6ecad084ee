import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ClockSnapshot } from './clock'
import type { PendingPush } from './douyin/pushes'
import type { PendingMessage } from './pinduoduo/messages'
import type { KeptTokens } from './tokens'
import type { Task } from './world/task'
import type { WorldSnapshot } from './world/world'

/** All that a restart must remember. */
export interface KeptState {
  readonly version: 1
  readonly seed: string
  readonly clock: ClockSnapshot<Task>
  readonly world: WorldSnapshot
  readonly tokens: { readonly pinduoduo: KeptTokens; readonly douyin: KeptTokens }
  readonly messages: readonly PendingMessage[]
  readonly pushes: readonly PendingPush[]
  readonly pushUrl: string | null
}

/** undefined: there is no state yet. Throws when the file is another seed's or cannot be read. */
export async function readState(path: string, seed: string): Promise<KeptState | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const state = JSON.parse(text) as KeptState
  if (state.version !== 1) throw new Error(`the state file ${path} has another version; remove it to begin anew`)
  if (state.seed !== seed)
    throw new Error(`the state file ${path} belongs to seed "${state.seed}"; remove it or use that seed`)
  return state
}

/** Whole or not at all: a crash while writing leaves the former state. */
export async function writeState(path: string, state: KeptState): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.draft`
  await writeFile(draft, JSON.stringify(state))
  await rename(draft, path)
}
