/** `npm run analytics`: the generated files of the catalogue, and the database logins of analysts (`libs/analytics`). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UnusableSettings, readSettings } from '#access'
import { CATALOGUE_FILES, createViews } from '#analytics'
import { openDatabase } from '#event-store'
import { startupErrorMessage } from '#runtime'
import { ALL_MIGRATIONS, bringUpToDate } from '../bring-up-to-date'
import { MaintenanceSettings } from '../maintenance.settings'
import { recordDatabaseUrl } from '../record-database'
import type { DatabaseCommand } from './arguments'
import { parseAnalyticsArguments } from './arguments'
import { addLogin, loginLines, removeLogin } from './logins'

// From `dist/apps/worker/src/analytics`.
const ROOT = join(__dirname, '../../../../..')
const printLine = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const command = parseAnalyticsArguments(process.argv.slice(2))
  if (command.do === 'catalogue') {
    for (const [path, text] of Object.entries(CATALOGUE_FILES)) writeFileSync(join(ROOT, path), text())
    return
  }
  const settings = readSettings(MaintenanceSettings, process.env)
  const closing: (() => Promise<unknown>)[] = []
  try {
    const url = await recordDatabaseUrl(settings, closing, printLine)
    const database = await openDatabase({ url, pool: 2, migrations: ALL_MIGRATIONS })
    closing.push(() => database.destroy())
    const prefix = await bringUpToDate(database, { prefix: settings.DATABASE_ROLES, report: printLine })
    if (prefix === undefined)
      throw new UnusableSettings(['the roles are missing and this user may not create them: npm run database -- roles'])
    await runCommand(command, { database, prefix, url })
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
}

async function runCommand(
  command: DatabaseCommand,
  { database, prefix, url }: { database: Awaited<ReturnType<typeof openDatabase>>; prefix: string; url: string },
): Promise<void> {
  switch (command.do) {
    case 'login': {
      const made = await addLogin(database, { prefix, slug: command.slug, days: command.days, now: Date.now() })
      const address = new URL(url)
      ;[address.username, address.password] = [made.login, made.password]
      console.log(`${address.href}\nValid until ${made.validUntil.toISOString()}. The password is not shown again.`)
      return
    }
    case 'logins':
      console.log((await loginLines(database, Date.now())).join('\n') || 'There are no logins.')
      return
    case 'revoke': {
      const left = await removeLogin(database, command.login, Date.now())
      console.log(
        left === undefined
          ? `${command.login} was revoked.`
          : `${command.login} sees nothing any more, but its role could not be dropped (npm run database -- check): ${left}`,
      )
      return
    }
    case 'views':
      await database.transaction((manager) => createViews(manager, prefix))
      console.log('The views are those of this version.')
  }
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exitCode = 1
})
