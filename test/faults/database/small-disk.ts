import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, childrenOf } from '../../../apps/standalone/src/postgres'

/** A small mounted disk that a test can fill to the last byte. */
export interface SmallDisk {
  readonly folder: string
  /** Fills the remaining space with a file that is not the database's. */
  fill(): void
  free(): void
  close(): void
}

const PREFIX = 'shouhou-small-disk-'
const MEGABYTE_OF_ZEROS = Buffer.alloc(1 << 20)
const PAGE_BYTES = 4_096

/** Mounts the disk; `undefined` where mounting is not permitted. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  unmountLeftovers()
  const folder = join(tmpdir(), `${PREFIX}${process.pid}`)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (!succeeds({}, 'mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'w')
      for (let size = MEGABYTE_OF_ZEROS.length; size >= PAGE_BYTES;) if (!writeBallast(file, size)) size /= 2
      closeSync(file)
    },
    free: () => rmSync(ballast, { force: true }),
    close: () => unmount(folder),
  }
}

function writeBallast(file: number, size: number): boolean {
  try {
    return writeSync(file, MEGABYTE_OF_ZEROS, 0, size) > 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}

/** Unmounts the disks that killed runs left behind. */
function unmountLeftovers(): void {
  for (const name of readdirSync(tmpdir()))
    if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length)))) unmount(join(tmpdir(), name))
}

function unmount(folder: string): void {
  succeeds({}, 'umount', '-l', folder)
  rmSync(folder, { recursive: true, force: true })
}

function succeeds(user: { readonly uid?: number; readonly gid?: number }, program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', ...user })
    return true
  } catch {
    return false
  }
}

/**
 * Limits the size of files that the server writes to a few kilobytes. For the server, which ignores SIGXFSZ, that is a full
 * disk, also where mounting is not permitted. The write-ahead log is affected first. Returns `false` where it is not possible.
 */
export function limitFileSize(server: number): boolean {
  if (!existsSync(`/proc/${server}`)) return false
  // Run as the server's user: in a container not even root may limit the processes of another user.
  const { uid, gid } = statSync(`/proc/${server}`)
  const limitProcess = (pid: number): boolean =>
    succeeds({ uid, gid }, 'prlimit', '--pid', String(pid), `--fsize=${PAGE_BYTES}`)
  // Processes forked from now on inherit the limit, and those that have ended need none.
  return limitProcess(server) && childrenOf(server).every((pid) => limitProcess(pid) || !isAlive(pid))
}
