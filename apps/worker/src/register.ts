import { readFileSync } from 'node:fs'
import {
  ACCESS_MIGRATIONS,
  UnusableSettings,
  IsKeyRing,
  IsMasterKey,
  masterKeysOf,
  openVault,
  readSettings,
  register,
  whyNotStarted,
} from '#access'
import { EVENT_STORE_MIGRATIONS, IsDatabaseUrl, migrate, openDatabase } from '#event-store'
import { MESSAGING_MIGRATIONS } from '#messaging'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { registrationIn } from './registration'

class RegisterSettings {
  @IsDatabaseUrl()
  DATABASE_URL: string

  @IsMasterKey()
  SHOUHOU_KEY?: string

  @IsKeyRing()
  SHOUHOU_KEYS?: string
}

const STDIN = 0

/** From a file, from an address (of a simulated marketplace), or from what is piped in. */
async function read(place: string | undefined): Promise<string> {
  if (place === undefined || place === '-') return readFileSync(STDIN, 'utf8')
  if (/^https?:\/\//.test(place)) return (await fetch(place)).text()
  try {
    return readFileSync(place, 'utf8')
  } catch {
    throw new UnusableSettings(['the registration: this file cannot be read'])
  }
}

async function main(): Promise<void> {
  const settings = readSettings(RegisterSettings, process.env)
  const vault = openVault(masterKeysOf(settings))
  const words = process.argv.slice(2)
  const { slug, name, apps } = registrationIn(await read(words.find((word) => !word.startsWith('--'))))
  const migrations = [
    ...EVENT_STORE_MIGRATIONS,
    ...ACCESS_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...MESSAGING_MIGRATIONS,
  ]
  const database = await openDatabase({ url: settings.DATABASE_URL, pool: 2, migrations })
  try {
    await migrate(database)
    await register(database, vault, { slug, name }, apps, { renewTokens: words.includes('--renew-tokens') })
  } finally {
    await database.destroy()
  }
  console.log(
    `registered: ${slug}, ${apps.length} apps, ${apps.reduce((sum, { stores }) => sum + stores.length, 0)} stores`,
  )
}

main().catch((error: unknown) => {
  console.error(whyNotStarted(error))
  process.exit(1)
})
