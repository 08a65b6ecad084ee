/** `npm start`: prepares what is missing, then runs everything in one process until it is told to stop. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const words = ['--enable-source-maps', '--import', new URL('./ends-with-its-starter.mjs', import.meta.url).href]
const main = spawn(
  process.execPath,
  [...words, here('../../dist/apps/standalone/src/main.js'), ...process.argv.slice(2)],
  {
    cwd: here('../..'),
    // A group of its own, or Ctrl-C would reach it three times: from the terminal, from npm and from here.
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  },
)

let askedAt
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    const again = askedAt !== undefined && Date.now() - askedAt > 1000
    if (askedAt !== undefined && !again) return
    askedAt ??= Date.now()
    main.kill(again ? 'SIGKILL' : signal === 'SIGHUP' ? 'SIGTERM' : signal)
  })
}

main.once('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
main.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
