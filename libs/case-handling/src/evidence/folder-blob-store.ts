import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BlobStore } from './evidence-store'
import { groupByPiece, isExpired, buildRetentionMarkName } from './retention-marks'

/** The folder of files that are still being written. */
const INCOMING_FOLDER = 'incoming'
/** The suffix of bytes that a sweeper is removing. */
const REMOVING_SUFFIX = '.leaving'
/** A time before every mark: any mark that is there counts. */
const NO_MARK_COUNTS_AS_OVER = 0
/** A temporary file that is older than this, by the file system's clock, was left by a process that died. */
const ABANDONED_MS = 86_400_000

/**
 * Evidence in a folder, on one machine or a network share. Bytes are written to a temporary file and renamed, so no
 * reader sees half a piece. Any number of processes may write and sweep at once: a writer adds its mark first and checks
 * for the bytes afterwards; a sweeper moves the bytes away first and checks for marks afterwards; so one of them notices
 * the other.
 */
export function folderBlobStore(root: string): BlobStore {
  const pathOf = (key: string): string => join(root, key)

  async function addMark(key: string, keepUntil: number): Promise<void> {
    await mkdir(dirname(pathOf(key)), { recursive: true, mode: 0o700 })
    await (await open(pathOf(buildRetentionMarkName(key, keepUntil)), 'a', 0o600)).close()
    await syncFolder(dirname(pathOf(key)))
  }

  return {
    async put(key, sealed, keepUntil) {
      await addMark(key, keepUntil)
      if (!(await fileExists(pathOf(key)))) await writeAtomically(root, pathOf(key), sealed)
    },
    get: (key) => ignoreAbsent(readFile(pathOf(key))),
    replace: (key, sealed) => writeAtomically(root, pathOf(key), sealed),
    async extendRetention(key, keepUntil) {
      if (!(await fileExists(pathOf(key)))) return false
      await addMark(key, keepUntil)
      return fileExists(pathOf(key))
    },
    async remove(key) {
      const folder = dirname(pathOf(key))
      const digest = basename(key)
      const { keepUntils } = groupByPiece(await listNames(folder), digestOfFileName).get(digest) ?? { keepUntils: [] }
      for (const keepUntil of keepUntils)
        await rm(join(folder, buildRetentionMarkName(digest, keepUntil)), { force: true })
      await removeUnlessMarked(folder, digest, NO_MARK_COUNTS_AS_OVER)
    },
    async sweep(now) {
      let removed = 0
      for (const org of await listNames(root)) {
        if (!/^\d+$/.test(org)) continue
        for (const prefix of await listNames(join(root, org))) {
          const removedHere = await sweepFolder(join(root, org, prefix), now)
          removed += removedHere
        }
      }
      await removeAbandoned(join(root, INCOMING_FOLDER))
      return removed
    },
  }
}

async function sweepFolder(folder: string, now: number): Promise<number> {
  let removed = 0
  const pieces = groupByPiece(await listNames(folder), digestOfFileName)
  for (const [digest, { keepUntils, hasBytes }] of pieces) {
    const expired = keepUntils.filter((keepUntil) => keepUntil <= now)
    if (hasBytes && isExpired(keepUntils, now)) {
      if (!(await removeUnlessMarked(folder, digest, now))) continue
      removed += 1
    } else if (hasBytes) await restoreBytes(folder, digest)
    for (const keepUntil of expired) await rm(join(folder, buildRetentionMarkName(digest, keepUntil)), { force: true })
  }
  return removed
}

/** Returns `false` if the piece was restored because a retention mark was added in the meantime. */
async function removeUnlessMarked(folder: string, digest: string, now: number): Promise<boolean> {
  const path = join(folder, digest)
  await ignoreAbsent(rename(path, path + REMOVING_SUFFIX))
  const { keepUntils } = groupByPiece(await listNames(folder), digestOfFileName).get(digest) ?? { keepUntils: [] }
  if (isExpired(keepUntils, now)) {
    await rm(path + REMOVING_SUFFIX, { force: true })
    return true
  }
  await restoreBytes(folder, digest)
  return false
}

/** Moves the bytes back; also repairs what a sweeper left that died in between. */
const restoreBytes = (folder: string, digest: string): Promise<unknown> =>
  ignoreAbsent(rename(join(folder, digest + REMOVING_SUFFIX), join(folder, digest)))

const digestOfFileName = (name: string): string | undefined => /^([0-9a-f]{64})(?:\.leaving)?$/.exec(name)?.[1]

async function writeAtomically(root: string, path: string, bytes: Buffer): Promise<void> {
  const incoming = join(root, INCOMING_FOLDER)
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

/** Without it, a new file may be missing after a power failure: its name is part of the folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await listNames(incoming)) {
    const stats = await ignoreAbsent(stat(join(incoming, name)))
    if (stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_MS)
      await rm(join(incoming, name), { force: true })
  }
}

const listNames = async (folder: string): Promise<string[]> => (await ignoreAbsent(readdir(folder))) ?? []
const fileExists = async (path: string): Promise<boolean> => (await ignoreAbsent(stat(path))) !== undefined

async function ignoreAbsent<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
