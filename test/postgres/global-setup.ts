/**
 * Before the tests of one jest run: a PostgreSQL, unless TEST_DATABASE_URL names one, or no test of this run needs one.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres'
import { dropTemplate } from './template'

/** The members of jest's configuration that are read here. */
interface RunConfig {
  readonly rootDir: string
  readonly testPathPatterns: { toExecutor(options: { rootDir: string }): { isMatch(path: string): boolean } }
}

interface ProjectConfig {
  readonly testPathIgnorePatterns: readonly string[]
}

/** Handed to the global teardown through globalThis: what it has to stop and remove. */
declare global {
  var afterAllTests: (() => Promise<void>)[] | undefined
}

export default async function globalSetup(config: RunConfig, project: ProjectConfig): Promise<void> {
  const cleanups: (() => Promise<void>)[] = (globalThis.afterAllTests = [])
  if (!process.env['TEST_DATABASE_URL'] && !needsPostgres(config, project)) return
  const folder = createRunFolder()
  process.env['TEST_RUN_FOLDER'] = folder
  cleanups.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })))
  if (!process.env['TEST_DATABASE_URL']) {
    const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), durable: false })
    process.env['TEST_DATABASE_URL'] = server.url
    cleanups.unshift(() => server.stop())
  }
  const server = process.env['TEST_DATABASE_URL'] as string
  const template = `template_${randomBytes(6).toString('hex')}`
  process.env['TEST_TEMPLATE_DATABASE'] = template
  cleanups.unshift(() => dropTemplate(server, template))
}

function needsPostgres({ rootDir, testPathPatterns }: RunConfig, { testPathIgnorePatterns }: ProjectConfig): boolean {
  const ignored = testPathIgnorePatterns.map((pattern) => new RegExp(pattern))
  const wantedPaths = testPathPatterns.toExecutor({ rootDir })
  return ['apps', 'libs', 'test']
    .flatMap((folder) =>
      readdirSync(join(rootDir, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(rootDir, folder, path),
      ),
    )
    .filter((path) => /\.(int|journey)\.spec\.ts$/.test(path) && wantedPaths.isMatch(path))
    .some((path) => !ignored.some((pattern) => pattern.test(path)))
}

/** A folder named after this process; folders of runs that were killed are removed. */
function createRunFolder(): string {
  const prefix = 'shouhou-jest-'
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length)))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
  const folder = join(tmpdir(), `${prefix}${process.pid}`)
  // A killed run may have had our process id.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
