import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UnusableSettings } from '#access'
import { startEmbeddedPostgres } from '../../standalone/src/postgres'

export interface RecordDatabaseSettings {
  readonly DATABASE_URL?: string
  /** The data folder of `npm start`, whose database is used where `DATABASE_URL` is not set and `npm start` is not running. */
  readonly DATA_FOLDER: string
}

/**
 * The database that a command works on: that of `DATABASE_URL`, or the one of `npm start`, whose server is then started and
 * stopped by `closing`. @throws UnusableSettings if there is neither
 */
export async function recordDatabaseUrl(
  { DATABASE_URL, DATA_FOLDER }: RecordDatabaseSettings,
  closing: (() => Promise<unknown>)[],
  say: (line: string) => void,
): Promise<string> {
  if (DATABASE_URL !== undefined) return DATABASE_URL
  const dataFolder = join(resolve(DATA_FOLDER), 'postgres')
  if (!existsSync(dataFolder))
    throw new UnusableSettings([`DATABASE_URL: must be given; there is no database in ${DATA_FOLDER} either`])
  const server = await startEmbeddedPostgres({ dataFolder, say })
  closing.push(() => server.stop())
  return server.url
}
