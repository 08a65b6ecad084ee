/**
 * `npm test`: types, lint, format, boundaries and three layers of tests, side by side; see README.md. Prints little where all is
 * well and everything where it is not.
 *
 *   npm test                      all of it
 *   npm test -- unit              one stage or layer: types, lint, format, boundaries, unit, int, journeys
 *   npm test -- pinduoduo         the tests whose path matches
 *   npm test -- int case-handling both
 *   npm run check                 types, lint, format and boundaries, what did not change from caches
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../apps/standalone/prepare.mjs'
import { checksOf } from './checks.mjs'
import { endAll, execute } from './stage.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { findChromium } = createRequire(import.meta.url)('./find-chromium.cjs')
const { canHaveKafka, missingForKafka } = createRequire(import.meta.url)('./find-kafka.cjs')
const { findPromtool } = createRequire(import.meta.url)('./find-promtool.cjs')
const results = join(root, '.cache', `test-results-${process.pid}`)

const asked = process.argv.slice(2)
const checks = checksOf(root, asked.includes('--quick'))

const layers = [
  {
    name: 'unit',
    limit: 600,
    words: ['--maxWorkers', '2', '--testPathIgnorePatterns', '/node_modules/', '\\.(int|journey)\\.spec\\.ts$'],
  },
  { name: 'int', limit: 900, words: ['--maxWorkers', '2', '--testMatch', '**/*.int.spec.ts'] },
  { name: 'journeys', limit: 1200, words: ['--maxWorkers', '2', '--testMatch', '**/*.journey.spec.ts'] },
]

const stageNames = new Set([...checks, ...layers].map(({ name }) => name))
const stages = asked.filter((word) => stageNames.has(word))
const patterns = asked.filter((word) => !stageNames.has(word) && word !== '--quick')
const chosen = ({ name }) => stages.length === 0 || stages.includes(name)

const table = []
let tests = 0
const say = (line) => process.stdout.write(`${line}\n`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    endAll()
    rmSync(results, { recursive: true, force: true })
    process.exit(130)
  })
}

const chromium = findChromium()
if (chromium) process.env.CHROMIUM_PATH = chromium
// All stages together end in time for the 25 minutes that a build server gives.
const endBy = Date.now() + 23 * 60_000
const within = (limit) => Math.max(1, Math.min(limit, (endBy - Date.now()) / 1000))

try {
  // Unit tests need no page.
  await prepare({ web: layers.some((layer) => layer.name !== 'unit' && chosen(layer)) })
  mkdirSync(results, { recursive: true })
  // A journey often waits for its processes, so the rest runs beside the journeys: two cores are never idle for long.
  await Promise.all([runLayers('journeys'), runChecks().then(() => runLayers('unit', 'int'))])
} catch (error) {
  say(error.message)
  table.push({ name: 'prepare', seconds: 0, passed: 0, failed: 1, skipped: 0 })
}
finish()

async function runChecks() {
  if (patterns.length > 0) return
  const waiting = checks.filter(chosen).filter(present)
  const inTurn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await check(next)
  }
  await Promise.all([inTurn(), inTurn()])
}

async function runLayers(...names) {
  for (const name of names)
    for (const layer of layers.filter(chosen).filter((layer) => layer.name === name)) await test(layer)
}

function present({ only }) {
  return !only || existsSync(join(root, only))
}

async function check({ name, label = name, words, limit }) {
  const { ok, seconds, said, late } = await execute(words, { cwd: root, limit: within(limit) })
  if (!ok) fail(label, said, late && `not done after ${Math.round(seconds)} s`)
  record({ name: label, seconds, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
}

async function test({ name, words, limit }) {
  const file = join(results, `${name}.json`)
  const jest = [
    join(root, 'node_modules/jest/bin/jest.js'),
    ...patterns,
    '-c',
    'test/jest.config.cjs',
    '--passWithNoTests',
    '--json',
    '--outputFile',
    file,
  ]
  const { ok, seconds, said, late, lingered } = await execute([...jest, ...words], {
    cwd: root,
    limit: within(limit),
    result: file,
  })
  const outcome = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  const passed = outcome?.numPassedTests ?? 0
  const broken = outcome ? outcome.numRuntimeErrorTestSuites : 1
  // Whatever jest held against the run without naming a test (a teardown that threw) still counts.
  const failed = Math.max((outcome?.numFailedTests ?? 0) + broken, (outcome ? outcome.success : ok) ? 0 : 1)
  const skipped = outcome ? outcome.numPendingTests + outcome.numTodoTests : 0
  if (failed) fail(name, said, late && `not done after ${Math.round(seconds)} s`)
  if (lingered)
    loud(`${name}: the tests ended, but left something open (a server, a timer, a connection); it was killed`)
  tests += passed + failed
  if (passed + failed + skipped > 0 || !outcome) record({ name, seconds, passed, failed, skipped })
}

function record(row) {
  table.push(row)
  if (process.stdout.isTTY || process.env.CI) say(`${row.failed ? '✗' : '✓'} ${row.name} ${row.seconds.toFixed(1)} s`)
}

function fail(name, said, reason) {
  say(`\n──── ${name} failed${reason ? `: ${reason}` : ''} ────`)
  say(
    said
      .split('\n')
      .filter((line) => !line.startsWith('PASS '))
      .join('\n')
      .trim(),
  )
  say('')
}

function loud(text) {
  const bar = '═'.repeat(text.length + 2)
  say(`\n╔${bar}╗\n║ ${text} ║\n╚${bar}╝`)
}

function finish() {
  const order = [...checks, ...layers].map(({ label, name }) => label ?? name)
  table.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name))
  rmSync(results, { recursive: true, force: true })
  const sum = (key) => table.reduce((total, row) => total + row[key], 0)
  const wantedTests = layers.some(chosen)
  let failed = sum('failed')
  if (!chromium && wantedTests && failed + tests > 0) loud('LEFT OUT: browser tests (no Chromium found)')
  if (wantedTests && failed + tests > 0 && !findPromtool())
    loud('LEFT OUT: the alerts by their own tool (no promtool on the PATH: package prometheus, or PROMTOOL_PATH)')
  if (wantedTests && failed + tests > 0 && !canHaveKafka())
    loud(`LEFT OUT: Kafka tests (no KAFKA_BROKERS, and ${missingForKafka()})`)
  if (wantedTests && tests === 0 && failed === 0) {
    say('No test was executed.')
    failed = 1
  }
  say('')
  for (const { name, seconds, ...row } of table) {
    const counts = `${row.passed} passed, ${row.failed} failed${row.skipped ? `, ${row.skipped} skipped` : ''}`
    say(`${name.padEnd(12)}${seconds.toFixed(1).padStart(7)} s   ${counts}`)
  }
  const skipped = sum('skipped')
  // Nothing may follow this line, so whatever still runs is ended first.
  endAll()
  process.exitCode = failed ? 1 : 0
  process.stdout.write(`${sum('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`, () =>
    process.exit(),
  )
}
