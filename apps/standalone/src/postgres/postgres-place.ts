/**
 * As whom and where the server runs. PostgreSQL refuses to run as root, so root hands it to an unprivileged user, who must be
 * able to reach both the programs and the data; where that is not so (a project below a 0700 /root), both get a place that is.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { binariesIn, type PostgresBinaries } from './postgres-binaries'

export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

export interface PostgresPlace {
  readonly dataFolder: string
  readonly binaries: PostgresBinaries
  /** `undefined`: the server runs as the current user. */
  readonly user: ServerUser | undefined
}

/** Every user can reach it, and it survives a reboot, unlike `/tmp`. */
const openPlace = '/var/tmp'

/** @throws Error when we are root and the machine knows no unprivileged user, or the fallback place belongs to another user. */
export function placeFor(wanted: string, installed: PostgresBinaries, say: (line: string) => void): PostgresPlace {
  const asked = resolve(wanted)
  const user = process.getuid?.() === 0 ? (ownerOf(asked) ?? unprivilegedUser()) : undefined
  if (!user) {
    mkdirSync(dirname(asked), { recursive: true, mode: 0o700 })
    return { dataFolder: asked, binaries: installed, user }
  }
  const binaries = runsAs(user, installed) ? installed : copiedBinaries(installed, say)
  const existing = firstExisting(dirname(asked))
  if (isReachableFor(existing, user)) {
    mkdirSync(dirname(asked), { recursive: true, mode: 0o711 })
    if (isReachableFor(dirname(asked), user)) return { dataFolder: asked, binaries, user }
  }
  const dataFolder = join(ownFolder(`shouhou-${shortHash(asked)}`), basename(asked))
  say(`${asked} cannot be reached by the database's user; the data is kept in ${dataFolder}`)
  return { dataFolder, binaries, user }
}

/** Gives the folder to the server's user. */
export function giveTo(user: ServerUser | undefined, path: string): void {
  if (user) chownSync(path, user.uid, user.gid)
}

/** Data that a normal user began stays that user's when root starts the program. */
function ownerOf(dataFolder: string): ServerUser | undefined {
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) return undefined
  const { uid, gid } = statSync(dataFolder)
  return uid === 0 ? undefined : { uid, gid }
}

/** `postgres` if there is one, else `nobody`, else any other: initdb insists on a user with a name. */
function unprivilegedUser(): ServerUser {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((entry) => entry.name && entry.uid > 0 && Number.isInteger(entry.gid))
  const found = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody') ?? users[0]
  if (!found) {
    throw new Error(
      'PostgreSQL refuses to run as root and there is no other user here: start as another user, or set DATABASE_URL.',
    )
  }
  return { uid: found.uid, gid: found.gid }
}

function runsAs(user: ServerUser, binaries: PostgresBinaries): boolean {
  return spawnSync(binaries.postgres, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

function copiedBinaries(installed: PostgresBinaries, say: (line: string) => void): PostgresBinaries {
  const stamp = statSync(installed.postgres)
  const home = ownFolder(`shouhou-postgres-${shortHash(`${installed.root} ${stamp.size} ${stamp.mtimeMs}`)}`)
  const target = join(home, 'native')
  if (!existsSync(target)) {
    say(`the PostgreSQL programs cannot be reached by the database's user; they are copied to ${target}`)
    const half = join(home, `native.${process.pid}`)
    cpSync(installed.root, half, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(half, target)
    } catch (error) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(target)) throw error
    }
  }
  return binariesIn(target)
}

/** Anyone may make a folder in the open place, so one that is there already must be ours. */
function ownFolder(name: string): string {
  const folder = join(openPlace, name)
  try {
    mkdirSync(folder, { mode: 0o711 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new Error(`${folder} belongs to another user: remove it, or set DATABASE_URL.`)
  return folder
}

function firstExisting(path: string): string {
  return existsSync(path) ? path : firstExisting(dirname(path))
}

function isReachableFor(folder: string, user: ServerUser): boolean {
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  const parent = dirname(folder)
  return (mode & bit) !== 0 && (parent === folder || isReachableFor(parent, user))
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
