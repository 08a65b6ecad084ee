import { ACCESS_MIGRATIONS, Directory, masterKeyOf, openVault, readSettings, sealingOf, whyNotStarted } from '#access'
import { clockOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { EVENT_STORE_MIGRATIONS, lackOf, migrate, openDatabase } from '#event-store'
import { MESSAGING_MIGRATIONS } from '#messaging'
import { Readiness, stopWhenTold } from '#observability'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { drain } from './finish-deliveries'
import { serveGateway } from './serve'
import { GatewaySettings } from './settings'

async function main(): Promise<void> {
  const settings = readSettings(GatewaySettings, process.env)
  const vault = openVault(masterKeyOf(settings.SHOUHOU_KEY))
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: 6,
    migrations: [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS, ...MESSAGING_MIGRATIONS],
    onTrouble: (error) => console.error(`database: ${error.name}`),
  })
  await migrate(database)
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const stores = new Directory(database, vault)
  await stores.current()
  const readiness = new Readiness(() => lackOf(database))
  const app = await serveGateway(
    { database, lineUp: MARKETPLACES, stores, sealing: sealingOf(vault), clock, readiness },
    { host: settings.GATEWAY_HOST, port: settings.GATEWAY_PORT },
  )
  console.log(`gateway: marketplaces push to ${await app.getUrl()}/push/<marketplace>/<app key>`)
  stopWhenTold({
    say: (line) => console.error(`gateway: ${line}`),
    stop: async () => {
      await drain(readiness)
      await app.close()
      stop()
      await database.destroy()
    },
  })
}

main().catch((error: unknown) => {
  console.error(whyNotStarted(error))
  process.exit(1)
})
