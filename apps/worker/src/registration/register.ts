import { readFileSync } from 'node:fs'
import { IsOptional, IsString } from 'class-validator'
import {
  DEMO_ORGANISATION,
  UnusableSettings,
  IsMasterKeyList,
  IsMasterKey,
  masterKeysOf,
  openVault,
  othersBesideDemo,
  readSettings,
  register,
} from '#access'
import { ExternalHostSettings, parseInsecureHosts, isSafeAddress } from '#case-handling'
import { IsDatabaseUrl, IsRolePrefix, openDatabase } from '#event-store'
import { startupErrorMessage } from '#runtime'
import { ALL_MIGRATIONS, bringUpToDate } from '../bring-up-to-date'
import { parseRegistration } from './registration'

class RegisterSettings extends ExternalHostSettings {
  @IsDatabaseUrl()
  DATABASE_URL: string

  @IsOptional()
  @IsRolePrefix()
  DATABASE_ROLES?: string

  @IsMasterKey()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string

  /** As worker and gateway have it. */
  @IsOptional()
  @IsString()
  SHOUHOU_CLOCK?: string
}

/** How long a simulator may take to answer with its registration. */
const FETCH_TIMEOUT_MS = 10_000
/** Characters: room for thousands of stores, and no memory for an endless answer. */
const MAX_DOCUMENT_LENGTH = 16 * 1_048_576

/** The file descriptor of standard input. */
const STDIN = 0

/** Reads the registration from a file, an address (of a simulated marketplace) or standard input. */
async function readDocument(place: string | undefined, insecureHosts: readonly string[]): Promise<string> {
  if (place === undefined || place === '-') return readFileSync(STDIN, 'utf8')
  if (/^https?:\/\//.test(place)) return fetchDocument(place, insecureHosts)
  try {
    return readFileSync(place, 'utf8')
  } catch {
    throw new UnusableSettings(['the registration: this file cannot be read'])
  }
}

/** The document holds secrets, so it is fetched over TLS, or from a host of `INSECURE_HOSTS`, and from nowhere else. */
async function fetchDocument(address: string, insecureHosts: readonly string[]): Promise<string> {
  if (!isSafeAddress(address, insecureHosts))
    throw new UnusableSettings([
      'the registration: must be at an https address; http is taken at a host of INSECURE_HOSTS only',
    ])
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
  const text = await answer.text()
  if (!answer.ok || text.length > MAX_DOCUMENT_LENGTH)
    throw new UnusableSettings(['the registration: no document was answered'])
  return text
}

async function main(): Promise<void> {
  const settings = readSettings(RegisterSettings, process.env)
  const vault = openVault(masterKeysOf(settings))
  const commandLine = process.argv.slice(2)
  const insecureHosts = parseInsecureHosts(settings)
  const document = await readDocument(
    commandLine.find((word) => !word.startsWith('--')),
    insecureHosts,
  )
  const { slug, name, apps } = parseRegistration(document, insecureHosts)
  const database = await openDatabase({ url: settings.DATABASE_URL, pool: 2, migrations: ALL_MIGRATIONS })
  try {
    await bringUpToDate(database, { prefix: settings.DATABASE_ROLES })
    const others = slug === DEMO_ORGANISATION.slug ? await othersBesideDemo(database) : undefined
    if (others !== undefined)
      throw new UnusableSettings([
        `the registration: ${slug} is the organisation of the demonstration, whose marketplaces are simulated. ` +
          `The database has ${others}. Use a database of its own, or another slug`,
      ])
    await register(database, vault, { slug, name }, apps, { renewTokens: commandLine.includes('--renew-tokens') })
  } finally {
    await database.destroy()
  }
  console.log(
    `registered: ${slug}, ${apps.length} apps, ${apps.reduce((sum, { stores }) => sum + stores.length, 0)} stores`,
  )
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exit(1)
})
