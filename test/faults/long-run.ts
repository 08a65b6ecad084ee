import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { migrate, openDatabase } from '#event-store'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres'
import { ALL_MIGRATIONS } from '../support/stack'
import { backlogRun } from './kafka/backlog-run'
import { dayRun, hasPassed } from './load/day-run'
import { diskRun } from './database/full-disk-run'
import { drawEnds, failoverRun } from './database/failover-run'
import { failpointRun } from './crashes/failpoint-run'
import { writeWhileReading } from './database/feed-race'
import { heldRun } from './database/held-transaction-run'
import { kafkaRun } from './kafka/kafka-run'
import { killRun } from './crashes/kill-run'
import { plantedBugs } from './money/planted-bugs'
import { moneyRun } from './money/money-run'
import type { Version } from '../processes/process-deployment'
import { exceededLimits, soakRun } from './load/soak-run'
import { upgradeRun } from './upgrade/upgrade-run'
import { currentVersion, buildVersionAt } from './upgrade/built-version'

/**
 * Long forms of the fault tests of `npm test`, on a durable PostgreSQL of their own:
 * `kill [seed] [messages] [kills]`, `failpoints [first seed] [seeds]`, `feed [seed] [rows]`, `day [seed] [cases]`,
 * `kafka [seed] [broker away, s] [workers killed]`, `failover [seed] [times]`,
 * `disk [seed] [full, s]`, `backlog [-] [rows] [timed, s]`, `held [-] [s]`, `soak [seed] [minutes]`,
 * `upgrade [seed] [from commit] [cases a phase]`. Exits with 1 when something was wrong.
 */
const [name = 'kill', seed = 'long-1', size, count] = process.argv.slice(2)
const log = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)

async function runNamed(url: (name: string, migrations?: Version['migrations']) => Promise<string>): Promise<boolean> {
  switch (name) {
    case 'kill': {
      const report = await killRun(await url('kill'), {
        seed,
        messages: Number(size ?? 50_000),
        kills: Number(count ?? 20),
        log,
      })
      console.log(JSON.stringify(report, undefined, 2))
      return report.wrong.length === 0
    }
    case 'failpoints': {
      let isSound = true
      for (let i = 0; i < Number(size ?? 20); i++) {
        const report = await failpointRun(await url(`failpoints_${i}`), { seed: `${seed}-${i}` })
        log(`${report.seed}: ${report.exits.length} cuts, ${report.cases} cases, ${report.wrong.length} wrong`)
        if (report.wrong.length > 0) console.log(JSON.stringify(report, undefined, 2))
        isSound &&= report.wrong.length === 0
      }
      return isSound
    }
    case 'feed': {
      const race = await writeWhileReading(await url('feed'), { writers: 8, rows: Number(size ?? 1_000_000), seed })
      console.log(JSON.stringify(race))
      return race.seen === race.written && race.twice === 0 && race.outOfOrder === 0 && race.missedByNumber > 0
    }
    case 'day': {
      const report = await dayRun(await url('day'), { seed, cases: Number(size ?? 20_000), log })
      console.log(JSON.stringify(report, undefined, 2))
      return hasPassed(report)
    }
    case 'backlog': {
      // The run creates its database as tests do, on the server that this setting names.
      process.env['TEST_DATABASE_URL'] = await url('tests')
      const report = await backlogRun({ rows: Number(size ?? 360_000), timedMs: Number(count ?? 20) * 1_000, log })
      console.log(JSON.stringify(report, undefined, 2))
      return (
        report.published.events === report.published.expected &&
        report.published.outOfOrder === 0 &&
        Object.keys(report.answers).join() === '200'
      )
    }
    case 'held': {
      const report = await heldRun(await url('held'), {
        heldMs: Number(size ?? 60) * 1_000,
        timedMs: Number(size ?? 60) * 500,
        log,
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
        capacityMs: 30_000,
        sampleMs: Math.min(15_000, minutes * 3_000),
        log,
      })
      const limitsExceeded = exceededLimits(report)
      console.log(JSON.stringify({ ...report, limitsExceeded }, undefined, 2))
      return report.wrong.length === 0 && limitsExceeded.length === 0
    }
    case 'upgrade': {
      const folder = mkdtempSync(join(tmpdir(), 'shouhou-version-'))
      const { removeWorktree: leave, ...old } = buildVersionAt(size ?? 'HEAD~1', folder)
      try {
        const report = await upgradeRun({
          url: await url('upgrade', old.migrations),
          seed,
          old,
          next: currentVersion(),
          cases: Number(count ?? 100),
          log,
        })
        console.log(JSON.stringify(report, undefined, 2))
        return report.wrong.length === 0 && report.errorLines.length === 0
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
async function runMoney(): Promise<boolean> {
  const seeds = Number(size ?? 10_000)
  const began = performance.now()
  let [payments, doubts, broken] = [0, 0, 0]
  for (let i = 0; i < seeds; i++) {
    const runNamed = await moneyRun(`${seed}-${i}`)
    payments += runNamed.payments
    doubts += runNamed.doubts
    if (runNamed.wrong.length === 0) continue
    broken++
    console.log(JSON.stringify(runNamed))
  }
  log(
    `${seeds} runs: ${payments} refunds, ${doubts} doubts, ${broken} wrong, ${Math.round((performance.now() - began) / 1_000)} s`,
  )
  let found = 0
  for (const [bug, safeguards] of Object.entries(plantedBugs))
    for (let i = 0; i < seeds; i++) {
      const [wrong] = (await moneyRun(`${seed}-${i}`, safeguards)).wrong
      if (wrong === undefined) continue
      log(`found in run ${i}: ${bug}: ${wrong}`)
      found++
      break
    }
  log(`${found} of ${Object.keys(plantedBugs).length} planted bugs found`)
  return broken === 0 && found === Object.keys(plantedBugs).length
}

async function main(): Promise<void> {
  if (name === 'money') {
    process.exitCode = (await runMoney()) ? 0 : 1
    return
  }
  if (name === 'kafka') {
    const report = await kafkaRun({
      seed,
      brokerAwayMs: Number(size ?? 300) * 1_000,
      workersKilled: Number(count ?? 40),
      rate: 10,
      log,
    })
    console.log(JSON.stringify(report, undefined, 2))
    process.exitCode = report.wrong.length === 0 ? 0 : 1
    return
  }
  if (name === 'disk') {
    const report = await diskRun(seed, Number(size ?? 60) * 1_000, log)
    console.log(JSON.stringify(report, undefined, 2))
    process.exitCode = report.wrong.length + report.restarted.length + report.leftOut.length === 0 ? 0 : 1
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-long-run-'))
  if (name === 'failover') {
    const report = await failoverRun(folder, seed, drawEnds(seed, Number(size ?? 10)), log).finally(() =>
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
    process.exitCode = (await runNamed(databaseOf)) ? 0 : 1
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
