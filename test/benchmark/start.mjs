/** `npm run bench`: prepares what is missing, then measures. Words after it are handed on: `-- --quick --only processing`. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prepare } from '../../apps/standalone/prepare.mjs'

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const bench = spawn(
  process.execPath,
  ['--enable-source-maps', here('../../dist/test/benchmark/main.js'), ...process.argv.slice(2)],
  { cwd: here('../..'), stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal))
bench.once('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
bench.once('exit', (code) => process.exit(code ?? 1))
