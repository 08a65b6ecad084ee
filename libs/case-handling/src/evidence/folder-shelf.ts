import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Shelf } from './evidence-store'
import { groupByPiece, isOver, markOf } from './marks'

const INCOMING = 'incoming'
const LEAVING = '.leaving'
/** A file that is still being written is younger than this, by the file system's own clock. */
const ABANDONED_MS = 86_400_000

/**
 * Evidence in a folder, for one machine or a network share. Bytes are written to a temporary file and renamed, so no
 * reader ever sees half a piece. Any number of processes may put and sweep at once, because each sees what the other
 * did: a writer marks first and checks for the bytes afterwards; a sweeper moves the bytes away first and checks for
 * marks afterwards.
 */
export function folderShelf(root: string): Shelf {
  const at = (key: string): string => join(root, key)

  async function mark(key: string, until: number): Promise<void> {
    await mkdir(dirname(at(key)), { recursive: true, mode: 0o700 })
    await (await open(at(markOf(key, until)), 'a', 0o600)).close()
    await syncFolder(dirname(at(key)))
  }

  return {
    async put(key, sealed, keepUntil) {
      await mark(key, keepUntil)
      if (!(await exists(at(key)))) await write(root, at(key), sealed)
    },
    get: (key) => orAbsent(readFile(at(key))),
    replace: (key, sealed) => write(root, at(key), sealed),
    async keep(key, until) {
      if (!(await exists(at(key)))) return false
      await mark(key, until)
      return exists(at(key))
    },
    async sweep(now) {
      let gone = 0
      for (const org of await names(root)) {
        if (!/^\d+$/.test(org)) continue
        for (const shelf of await names(join(root, org))) {
          const left = await sweepOne(join(root, org, shelf), now)
          gone += left
        }
      }
      await forgetAbandoned(join(root, INCOMING))
      return gone
    },
  }
}

async function sweepOne(folder: string, now: number): Promise<number> {
  let gone = 0
  const listed = groupByPiece(await names(folder), digestOfBytes)
  for (const [digest, { untils, lies }] of listed) {
    const over = untils.filter((until) => until <= now)
    if (lies && isOver(untils, now)) {
      if (!(await leaves(folder, digest, now))) continue
      gone += 1
    } else if (lies) await comesBack(folder, digest)
    for (const until of over) await rm(join(folder, markOf(digest, until)), { force: true })
  }
  return gone
}

/** `false`: it was marked in the meantime, and is restored. */
async function leaves(folder: string, digest: string, now: number): Promise<boolean> {
  const path = join(folder, digest)
  await orAbsent(rename(path, path + LEAVING))
  const { untils } = groupByPiece(await names(folder), digestOfBytes).get(digest) ?? { untils: [] }
  if (isOver(untils, now)) {
    await rm(path + LEAVING, { force: true })
    return true
  }
  await comesBack(folder, digest)
  return false
}

/** Also what a sweeper that died had moved away. */
const comesBack = (folder: string, digest: string): Promise<unknown> =>
  orAbsent(rename(join(folder, digest + LEAVING), join(folder, digest)))

const digestOfBytes = (name: string): string | undefined => /^([0-9a-f]{64})(?:\.leaving)?$/.exec(name)?.[1]

async function write(root: string, path: string, bytes: Buffer): Promise<void> {
  const incoming = join(root, INCOMING)
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const beside = join(incoming, randomUUID())
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** A name is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function forgetAbandoned(incoming: string): Promise<void> {
  for (const name of await names(incoming)) {
    const stats = await orAbsent(stat(join(incoming, name)))
    if (stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_MS)
      await rm(join(incoming, name), { force: true })
  }
}

const names = async (folder: string): Promise<string[]> => (await orAbsent(readdir(folder))) ?? []
const exists = async (path: string): Promise<boolean> => (await orAbsent(stat(path))) !== undefined

async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
