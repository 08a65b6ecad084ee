/** The data folder of an embedded server: made once, whole or not at all, with a password of its own beside it. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutPgVariables } from './server-environment'
import { giveTo, type PostgresPlace } from './postgres-place'

/**
 * Makes the data folder if there is none.
 * @returns the owner's password
 * @throws Error when initdb fails, its password is gone, or the folder holds something else
 */
export async function layOut(place: PostgresPlace, durable: boolean): Promise<string> {
  const { dataFolder } = place
  const passwordFile = `${dataFolder}.password`
  if (existsSync(join(dataFolder, 'PG_VERSION'))) {
    if (!existsSync(passwordFile))
      throw new Error(`${passwordFile} is gone: put it back, or remove ${dataFolder} to start from the beginning.`)
    return readFileSync(passwordFile, 'utf8').trim()
  }
  const password = randomBytes(24).toString('base64url')
  await initialiseDataFolder(place, password, durable)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  renameSync(halfOf(dataFolder), dataFolder)
  return password
}

/** A killed set-up leaves only this half behind, and the next one begins again. */
const halfOf = (dataFolder: string): string => `${dataFolder}.half-made`

async function initialiseDataFolder(
  { binaries, dataFolder, user }: PostgresPlace,
  password: string,
  durable: boolean,
): Promise<void> {
  const half = halfOf(dataFolder)
  rmSync(half, { recursive: true, force: true })
  removeIfEmpty(dataFolder)
  mkdirSync(half, { mode: 0o700 })
  giveTo(user, half)
  const secret = `${dataFolder}.first-password`
  writeFileSync(secret, `${password}\n`, { mode: 0o600 })
  chmodSync(secret, 0o600)
  giveTo(user, secret)
  // The same order and the same letters on every machine, whatever its locale is.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const words = [
    '-D',
    half,
    '--username=postgres',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--no-instructions',
    ...locale,
  ]
  try {
    await runProgram(binaries.initdb, durable ? words : [...words, '--no-sync'], { ...user, cwd: half })
  } finally {
    rmSync(secret, { force: true })
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw new Error(
      `${folder} holds something that is not a database of ours, or belongs to another user: move it away.`,
      { cause: error },
    )
  }
}

function runProgram(
  program: string,
  words: string[],
  options: { cwd: string; uid?: number; gid?: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutPgVariables(process.env), LC_ALL: 'C' },
    })
    let said = ''
    const listen = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`PostgreSQL's initdb ended with ${code ?? signal}: ${said.trim()}`))
    })
  })
}
