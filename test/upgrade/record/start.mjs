/**
 * Makes the fixture of an upgrade test with the code of an earlier commit: its database, and what its console answered.
 *
 *   git worktree add /somewhere COMMIT && (cd /somewhere && npm ci && npm run build)
 *   node test/upgrade/record/start.mjs /somewhere
 *
 * Writes `test/upgrade/COMMIT/`: `schema.sql.gz`, `rows.gz` (see dump.mjs) and `answers.json.gz`. The sealed
 * columns are opened by the key of that checkout's tests, which is today's as well: `TEST_KEY` in test/support/in-process-deployment.ts.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { recordAnswers } from './answers.mjs'
import { dumpRows, dumpSchema } from './dump.mjs'
import { fill } from './fill.mjs'

const [checkout] = process.argv.slice(2)
if (checkout === undefined) {
  console.error('usage: node test/upgrade/record/start.mjs CHECKOUT')
  process.exit(2)
}
const root = resolve(checkout)
const load = createRequire(join(root, 'package.json'))
const commit = execFileSync('git', ['rev-parse', '--short=7', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
const target = fileURLToPath(new URL(`../${commit}/`, import.meta.url))
const store = load('./dist/libs/event-store/src/index.js')
const migrations = [
  ...store.EVENT_STORE_MIGRATIONS,
  ...load('./dist/libs/access/src/index.js').ACCESS_MIGRATIONS,
  ...load('./dist/libs/read-models/src/index.js').READ_MODEL_MIGRATIONS,
  ...load('./dist/libs/messaging/src/index.js').MESSAGING_MIGRATIONS,
]
const { openHouse } = load('./dist/test/trade/house.js')
const { openConsole } = load('./dist/test/trade/console.js')

/** A Monday morning in China; the dump and its answers are of the days that follow. */
const STARTS_AT = Date.UTC(2026, 10, 23, 2)
/** Cases of the two days before. */
const HISTORY_CASES = 24

const folder = mkdtempSync(join(tmpdir(), 'shouhou-record-'))
const server = await store.startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), durable: false })
const { url } = server
try {
  const database = await store.openDatabase({ url, pool: 2, migrations })
  await store.migrate(database)
  await database.destroy()
  const house = await openHouse(
    url,
    {
      seed: 'upgrade',
      startAt: STARTS_AT,
      standingClock: true,
      history: { cases: HISTORY_CASES, days: 2 },
      pace: { backOfficeShare: 0.6, hurry: 0.6 },
    },
    1_000,
    0,
    join(folder, 'evidence'),
  )
  const console_ = await openConsole(house, url)
  try {
    await fill(house, console_)
    await house.stopWorker()
    const answers = await recordAnswers(console_, house)
    mkdirSync(target, { recursive: true })
    const write = (name, text) => writeFileSync(join(target, name), gzipSync(text, { level: 9 }))
    write('answers.json.gz', JSON.stringify(answers))
    write('schema.sql.gz', await dumpSchema(migrations))
    write('rows.gz', await dumpRows(house.database))
    console.log(`${Object.keys(answers.answers).length} answers of ${new Date(answers.now).toISOString()} in ${target}`)
    if (house.troubles.length > 0) console.log(house.troubles.slice(0, 20).join('\n'))
  } finally {
    await console_.close()
    await house.close()
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
