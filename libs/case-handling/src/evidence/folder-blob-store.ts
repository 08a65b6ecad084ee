import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from './evidence-store'
import { groupByPiece, isExpired, retentionMarkName } from './retention-marks'

/** Folder of files that are still being written. */ const INCOMING = 'incoming'
/** Suffix of bytes that a sweeper is removing. */ const REMOVING = '.leaving'
/** A file that is still being written is younger than this, by the file system's own clock. */
const ABANDONED_MS = 86_400_000

/**
 * Evidence in a folder, for one machine or a network share. Bytes are written to a temporary file and renamed, so no
 * reader ever sees half a piece. Any number of processes may put and sweep at once, because each sees what the other
 * did: a writer marks first and checks for the bytes afterwards; a sweeper moves the bytes away first and checks for
 * marks afterwards.
 */
export function folderBlobStore(root: string): BlobStore {
  const at = (key: string): string => join(root, key)

  async function mark(key: string, until: number): Promise<void> {
    await mkdir(dirname(at(key)), { recursive: true, mode: 0o700 })
    await (await open(at(retentionMarkName(key, until)), 'a', 0o600)).close()
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
      let removed = 0
      for (const org of await names(root)) {
        if (!/^\d+$/.test(org)) continue
        for (const prefix of await names(join(root, org))) {
          const removedHere = await sweepOne(join(root, org, prefix), now)
          removed += removedHere
        }
      }
      await removeAbandoned(join(root, INCOMING))
      return removed
    },
  }
}

async function sweepOne(folder: string, now: number): Promise<number> {
  let removed = 0
  const listed = groupByPiece(await names(folder), digestOfBytes)
  for (const [digest, { keepUntils, hasBytes }] of listed) {
    const expired = keepUntils.filter((until) => until <= now)
    if (hasBytes && isExpired(keepUntils, now)) {
      if (!(await removeUnlessMarked(folder, digest, now))) continue
      removed += 1
    } else if (hasBytes) await restore(folder, digest)
    for (const until of expired) await rm(join(folder, retentionMarkName(digest, until)), { force: true })
  }
  return removed
}

/** `false`: it was marked in the meantime, and is restored. */
async function removeUnlessMarked(folder: string, digest: string, now: number): Promise<boolean> {
  const path = join(folder, digest)
  await orAbsent(rename(path, path + REMOVING))
  const { keepUntils } = groupByPiece(await names(folder), digestOfBytes).get(digest) ?? { keepUntils: [] }
  if (isExpired(keepUntils, now)) {
    await rm(path + REMOVING, { force: true })
    return true
  }
  await restore(folder, digest)
  return false
}

/** Moves the bytes back, also those that a sweeper moved away before it died. */
const restore = (folder: string, digest: string): Promise<unknown> =>
  orAbsent(rename(join(folder, digest + REMOVING), join(folder, digest)))

const digestOfBytes = (name: string): string | undefined => /^([0-9a-f]{64})(?:\.leaving)?$/.exec(name)?.[1]

async function write(root: string, path: string, bytes: Buffer): Promise<void> {
  const incoming = join(root, INCOMING)
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const temporary = join(incoming, randomUUID())
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** A file's name is durable only once its folder is synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await names(incoming)) {
    const stats = await orAbsent(stat(join(incoming, name)))
    if (stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_MS)
      await rm(join(incoming, name), { force: true })
  }
}

const names = async (folder: string): Promise<string[]> => (await orAbsent(readdir(folder))) ?? []
const exists = async (path: string): Promise<boolean> => (await orAbsent(stat(path))) !== undefined

async function orAbsent<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
