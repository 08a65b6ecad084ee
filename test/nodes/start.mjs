/**
 * Runs the unit and integration layers on other versions of Node.js. The packages `node-<platform>-<arch>` of the registry
 * hold the binaries; they are put into .cache and nothing else is changed.
 *
 *   npm run nodes                 22 and 24
 *   npm run nodes -- 22           one of them
 *   npm run nodes -- 24 unit      one layer, or whatever `npm test` takes
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const words = process.argv.slice(2)
const majors = words.filter((word) => /^\d+$/.test(word))
const layers = words.filter((word) => !/^\d+$/.test(word))

let failed = false
for (const major of majors.length > 0 ? majors : ['22', '24']) {
  const node = binaryOf(major)
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  process.stdout.write(`\nNode.js ${version}\n`)
  const { status } = spawnSync(node, [join(root, 'test/run.mjs'), ...(layers.length > 0 ? layers : ['unit', 'int'])], {
    cwd: root,
    stdio: 'inherit',
  })
  failed ||= status !== 0
}
process.exitCode = failed ? 1 : 0

function binaryOf(major) {
  const name = `node-${process.platform}-${process.arch}`
  const folder = join(root, '.cache', `node-${major}`)
  const binary = join(folder, 'node_modules', name, 'bin', 'node')
  if (existsSync(binary)) return binary
  mkdirSync(folder, { recursive: true })
  const flags = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const { status } = spawnSync('npm', ['install', ...flags, `${name}@${major}`], { stdio: 'inherit' })
  if (status !== 0 || !existsSync(binary)) throw new Error(`${name}@${major} could not be installed.`)
  return binary
}
