import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { migrate, openDatabase } from '#event-store'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres'
import { ALL_MIGRATIONS } from '../support/stack'
import { backlogRun } from './kafka/backlog-run'
import { dayRun, passed } from './load/day-run'
import { diskRun } from './database/full-disk-run'
import { endsOf, failoverRun } from './database/failover-run'
import { failpointRun } from './crashes/failpoint-run'
import { writeWhileReading } from './database/feed-race'
import { heldRun } from './database/held-transaction-run'
import { kafkaRun } from './kafka/kafka-run'
import { killRun } from './crashes/kill-run'
import { plantedBugs } from './money/planted-bugs'
import { moneyRun } from './money/money-run'
import type { Version } from '../processes/process-deployment'
import { exceeded, soakRun } from './load/soak-run'
import { upgradeRun } from './upgrade/upgrade-run'
import { today, versionAt } from './upgrade/built-version'

/**
 * Long forms of the fault tests of `npm test`, on a durable PostgreSQL of their own:
 * `kill [seed] [messages] [kills]`, `failpoints [first seed] [seeds]`, `feed [seed] [rows]`, `day [seed] [cases]`,
 * `kafka [seed] [broker away, s] [workers killed]`, `failover [seed] [times]`,
 * `disk [seed] [full, s]`, `backlog [-] [rows] [timed, s]`, `held [-] [s]`, `soak [seed] [minutes]`,
 * `upgrade [seed] [from commit] [cases a phase]`. Exits with 1 when something was wrong.
 */
const [what = 'kill', seed = 'long-1', size, count] = process.argv.slice(2)
const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)

async function run(url: (name: string, migrations?: Version['migrations']) => Promise<string>): Promise<boolean> {
  switch (what) {
    case 'kill': {
      const report = await killRun(await url('kill'), {
        seed,
        messages: Number(size ?? 50_000),
        kills: Number(count ?? 20),
        say,
      })
      console.log(JSON.stringify(report, undefined, 2))
      return report.wrong.length === 0
    }
    case 'failpoints': {
      let sound = true
      for (let i = 0; i < Number(size ?? 20); i++) {
        const report = await failpointRun(await url(`failpoints_${i}`), { seed: `${seed}-${i}` })
        say(`${report.seed}: ${report.cuts.length} cuts, ${report.cases} cases, ${report.wrong.length} wrong`)
        if (report.wrong.length > 0) console.log(JSON.stringify(report, undefined, 2))
        sound &&= report.wrong.length === 0
      }
      return sound
    }
    case 'feed': {
      const race = await writeWhileReading(await url('feed'), { writers: 8, rows: Number(size ?? 1_000_000), seed })
      console.log(JSON.stringify(race))
      return race.seen === race.written && race.twice === 0 && race.outOfOrder === 0 && race.missedByNumber > 0
    }
    case 'day': {
      const report = await dayRun(await url('day'), { seed, cases: Number(size ?? 20_000), say })
      console.log(JSON.stringify(report, undefined, 2))
      return passed(report)
    }
    case 'backlog': {
      // The run creates its database as tests do, on the server that this setting names.
      process.env['TEST_DATABASE_URL'] = await url('tests')
      const report = await backlogRun({ rows: Number(size ?? 360_000), timedMs: Number(count ?? 20) * 1_000, say })
      console.log(JSON.stringify(report, undefined, 2))
      return (
        report.published.events === report.published.wanted &&
        report.published.outOfOrder === 0 &&
        Object.keys(report.answers).join() === '200'
      )
    }
    case 'held': {
      const report = await heldRun(await url('held'), {
        heldMs: Number(size ?? 60) * 1_000,
        timedMs: Number(size ?? 60) * 500,
        say,
      })
      console.log(JSON.stringify(report, undefined, 2))
      return report.alarmAfterMs < 10_000 && report.read === report.events
    }
    case 'soak': {
      const minutes = Number(size ?? 30)
      const report = await soakRun({
        url: await url('soak'),
        seed,
        ms: minutes * 60_000,
        tryingMs: 30_000,
        sampleMs: Math.min(15_000, minutes * 3_000),
        say,
      })
      const beyond = exceeded(report)
      console.log(JSON.stringify({ ...report, beyond }, undefined, 2))
      return report.wrong.length === 0 && beyond.length === 0
    }
    case 'upgrade': {
      const folder = mkdtempSync(join(tmpdir(), 'shouhou-version-'))
      const { leave, ...old } = versionAt(size ?? 'HEAD~1', folder)
      try {
        const report = await upgradeRun({
          url: await url('upgrade', old.migrations),
          seed,
          old,
          next: today(),
          cases: Number(count ?? 100),
          say,
        })
        console.log(JSON.stringify(report, undefined, 2))
        return report.wrong.length === 0 && report.troubles.length === 0
      } finally {
        leave()
      }
    }
    default:
      throw new Error(
        'the first argument is one of: kill, failpoints, feed, day, money, kafka, failover, disk, backlog, held, soak, upgrade',
      )
  }
}

/** Ten thousand seeds with all safeguards; then with one bug planted at a time, until each bug is found. */
async function money(): Promise<boolean> {
  const seeds = Number(size ?? 10_000)
  const began = performance.now()
  let [payments, doubts, broken] = [0, 0, 0]
  for (let i = 0; i < seeds; i++) {
    const run = await moneyRun(`${seed}-${i}`)
    payments += run.payments
    doubts += run.doubts
    if (run.wrong.length === 0) continue
    broken++
    console.log(JSON.stringify(run))
  }
  say(
    `${seeds} runs: ${payments} refunds, ${doubts} doubts, ${broken} wrong, ${Math.round((performance.now() - began) / 1_000)} s`,
  )
  let found = 0
  for (const [bug, safeguards] of Object.entries(plantedBugs))
    for (let i = 0; i < seeds; i++) {
      const [wrong] = (await moneyRun(`${seed}-${i}`, safeguards)).wrong
      if (wrong === undefined) continue
      say(`found in run ${i}: ${bug}: ${wrong}`)
      found++
      break
    }
  say(`${found} of ${Object.keys(plantedBugs).length} planted bugs found`)
  return broken === 0 && found === Object.keys(plantedBugs).length
}

async function main(): Promise<void> {
  if (what === 'money') {
    process.exitCode = (await money()) ? 0 : 1
    return
  }
  if (what === 'kafka') {
    const report = await kafkaRun({
      seed,
      brokerAwayMs: Number(size ?? 300) * 1_000,
      workersKilled: Number(count ?? 40),
      rate: 10,
      say,
    })
    console.log(JSON.stringify(report, undefined, 2))
    process.exitCode = report.wrong.length === 0 ? 0 : 1
    return
  }
  if (what === 'disk') {
    const report = await diskRun(seed, Number(size ?? 60) * 1_000, say)
    console.log(JSON.stringify(report, undefined, 2))
    process.exitCode = report.wrong.length + report.restarted.length + report.leftOut.length === 0 ? 0 : 1
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-long-run-'))
  if (what === 'failover') {
    const report = await failoverRun(folder, seed, endsOf(seed, Number(size ?? 10)), say).finally(() =>
      rmSync(folder, { recursive: true, force: true }),
    )
    console.log(JSON.stringify(report, undefined, 2))
    process.exitCode =
      report.wrong.length + report.restarted.length === 0 && Math.max(...report.pausesMs) < 10_000 ? 0 : 1
    return
  }
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data') })
  const databaseOf = async (name: string, migrations: Version['migrations'] = ALL_MIGRATIONS): Promise<string> => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(`CREATE DATABASE ${name}`)
    await client.end()
    const url = new URL(server.url)
    url.pathname = `/${name}`
    const database = await openDatabase({ url: url.href, pool: 2, migrations: migrations as typeof ALL_MIGRATIONS })
    await migrate(database)
    await database.destroy()
    return url.href
  }
  try {
    process.exitCode = (await run(databaseOf)) ? 0 : 1
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    // Run as root, the server keeps its data in another folder.
    rmSync(dirname(server.dataFolder), { recursive: true, force: true })
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
