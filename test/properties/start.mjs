/**
 * What `npm run properties` runs: every spec that has properties or longer forms, with many more runs than
 * `npm test` gives them.
 *
 *   npm run properties                       all of them, 50 times as many runs
 *   npm run properties -- connectors         the specs whose path matches
 *   PROPERTY_RUNS=500 npm run properties     500 times as many
 *   PROPERTY_SEED=42 npm run properties      with that seed (a failure prints its own)
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../../apps/standalone/prepare.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, '.cache')
const log = join(cache, `properties-${process.pid}.jsonl`)
const times = process.env.PROPERTY_RUNS || '50'
const seed = process.env.PROPERTY_SEED || String(Math.floor(Math.random() * 2 ** 31))

const specs = ['apps', 'libs', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(root, folder, path)))
  .filter((path) => path.endsWith('.spec.ts') && !path.includes('node_modules'))
  .filter((path) => /from '(fast-check|[./]+\/property)'|PROPERTY_RUNS/.test(readFileSync(path, 'utf8')))
const patterns = process.argv.slice(2)
const chosen = specs.filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
if (chosen.length === 0) {
  process.stderr.write('No spec with properties matches.\n')
  process.exit(1)
}
mkdirSync(cache, { recursive: true })
rmSync(log, { force: true })
process.stdout.write(`${chosen.length} specs, PROPERTY_RUNS=${times}, PROPERTY_SEED=${seed}\n`)

const jest = [
  join(root, 'node_modules/jest/bin/jest.js'),
  ...['-c', 'test/jest.config.cjs', '--maxWorkers', '2', '--testTimeout', '1800000', '--runTestsByPath'],
  ...chosen,
]
const environment = { ...process.env, PROPERTY_RUNS: times, PROPERTY_SEED: seed, PROPERTY_LOG: log }
const child = spawn(process.execPath, jest, { cwd: root, stdio: 'inherit', env: environment })
child.once('exit', (code) => {
  const ran = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').filter(Boolean) : []
  const runs = ran.map((line) => JSON.parse(line).runs).reduce((sum, count) => sum + count, 0)
  rmSync(log, { force: true })
  process.stdout.write(
    `${code === 0 ? 'passed' : 'FAILED'}: ${chosen.length} specs; ${ran.length} properties of test/property.ts with ${runs} runs; seed ${seed}\n`,
  )
  process.exitCode = code ?? 1
})
