/** `npm run database`: the roles of the database, and whether grants and row-level security are as the lists say. */
import { IsOptional } from 'class-validator'
import { readSettings } from '#access'
import { IsDatabaseUrl, openDatabase } from '#event-store'
import { startupErrorMessage } from '#runtime'
import { ALL_MIGRATIONS } from '../bring-up-to-date'
import { MaintenanceSettings } from '../maintenance.settings'
import { recordDatabaseUrl } from '../record-database'
import { parseDatabaseArguments } from './arguments'
import { applyRoles, findFlaws, flawsText, rolesSql } from './commands'

/** Beside the owner's address those of the processes, to give the roles their passwords. */
class DatabaseSettings extends MaintenanceSettings {
  @IsOptional()
  @IsDatabaseUrl()
  GATEWAY_DATABASE_URL?: string

  @IsOptional()
  @IsDatabaseUrl()
  WORKER_DATABASE_URL?: string

  @IsOptional()
  @IsDatabaseUrl()
  CONSOLE_DATABASE_URL?: string
}

const printLine = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const { do: command, ownAddresses } = parseDatabaseArguments(process.argv.slice(2))
  const settings = readSettings(DatabaseSettings, process.env)
  const closing: (() => Promise<unknown>)[] = []
  try {
    const url = await recordDatabaseUrl(settings, closing, printLine)
    const database = await openDatabase({ url, pool: 2, migrations: ALL_MIGRATIONS })
    closing.push(() => database.destroy())
    const prefix = settings.DATABASE_ROLES
    if (command === 'apply' || command === 'migrate') {
      const addresses = {
        gateway: settings.GATEWAY_DATABASE_URL,
        worker: settings.WORKER_DATABASE_URL,
        console: settings.CONSOLE_DATABASE_URL,
      }
      await applyRoles(database, { prefix, addresses, report: printLine, again: command === 'apply' })
      console.log('The tables, roles, grants and row-level security are up to date.')
    } else if (command === 'roles') {
      console.log(
        (await rolesSql(database, { prefix, ownAddresses })) || '-- Nothing: the roles are as they should be.',
      )
    } else {
      const flaws = await findFlaws(database, { prefix, ownAddresses })
      console.log(flawsText(flaws))
      if (flaws.length > 0) process.exitCode = 1
    }
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exitCode = 1
})
