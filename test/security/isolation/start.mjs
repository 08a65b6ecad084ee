/**
 * What `npm run isolation` runs: the seeded requests of one organisation's people with everything of another in them, as many as
 * wanted.
 *
 *   npm run isolation                 100,000 requests
 *   npm run isolation -- 20000 7      20,000 with the seed 7
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../../../apps/standalone/prepare.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const [requests = '100000', seed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2)
if (![requests, seed].every((word) => /^\d{1,10}$/.test(word))) {
  process.stderr.write('npm run isolation -- [REQUESTS] [SEED]\n')
  process.exit(1)
}
try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
const jest = [join(root, 'node_modules/jest/bin/jest.js'), '-c', 'test/jest.config.cjs', 'test/security/isolation']
const environment = { ...process.env, ISOLATION_REQUESTS: requests, ISOLATION_SEED: seed }
const child = spawn(process.execPath, jest, { cwd: root, stdio: 'inherit', env: environment })
child.once('exit', (code) => (process.exitCode = code ?? 1))
