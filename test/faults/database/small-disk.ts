import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alive, childrenOf } from '../../../apps/standalone/src/postgres'

/** A disk of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string
  /** Foreign files take all that is left. */
  fill(): void
  free(): void
  close(): void
}

const PREFIX = 'shouhou-small-disk-'
const MEGABYTE = Buffer.alloc(1 << 20)
const PAGE = 4_096

/** `undefined`: mounting is not permitted here. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  sweep()
  const folder = join(tmpdir(), `${PREFIX}${process.pid}`)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (!did({}, 'mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const ballast = join(folder, 'of-somebody-else')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'w')
      for (let size = MEGABYTE.length; size >= PAGE;) if (!wrote(file, size)) size /= 2
      closeSync(file)
    },
    free: () => rmSync(ballast, { force: true }),
    close: () => unmount(folder),
  }
}

function wrote(file: number, size: number): boolean {
  try {
    return writeSync(file, MEGABYTE, 0, size) > 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}

/** Those of runs that were killed. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()))
    if (name.startsWith(PREFIX) && !alive(Number(name.slice(PREFIX.length)))) unmount(join(tmpdir(), name))
}

function unmount(folder: string): void {
  did({}, 'umount', '-l', folder)
  rmSync(folder, { recursive: true, force: true })
}

function did(as: { readonly uid?: number; readonly gid?: number }, program: string, ...words: string[]): boolean {
  try {
    execFileSync(program, words, { stdio: 'ignore', ...as })
    return true
  } catch {
    return false
  }
}

/**
 * From now on no file of the server grows beyond a few kilobytes: to it that is a full disk (it ignores the signal that comes
 * with it), also where mounting is not permitted. The log of changes is hit first. `false`: it cannot be done here.
 */
export function letNoFileGrow(server: number): boolean {
  if (!existsSync(`/proc/${server}`)) return false
  // As the server's own user: in a container not even root may limit another user.
  const { uid, gid } = statSync(`/proc/${server}`)
  const limited = (pid: number): boolean => did({ uid, gid }, 'prlimit', '--pid', String(pid), `--fsize=${PAGE}`)
  // Who is forked from now on has the limit from its parent, and who is gone needs none.
  return limited(server) && childrenOf(server).every((pid) => limited(pid) || !alive(pid))
}
