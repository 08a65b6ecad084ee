/** Runs one of the compiled processes from a checkout as fresh as it may be, until it is stopped: what every `npm` command of ours begins with. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Node's flags, the same for every process; a test compares the image with them. */
const NODE_FLAGS = JSON.parse(readFileSync(new URL('../node-flags.json', import.meta.url), 'utf8'))

/**
 * Prepares what is missing, then runs it; ends as it ends.
 * @param {'standalone' | 'gateway' | 'worker' | 'console' | 'simulator'} app
 * @param {{ web?: boolean }} [wanted] web: it shows the console's page
 */
export async function run(app, { web = false } = {}) {
  try {
    await prepare({ web })
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
  // `npm run worker -- --inspect=9230`: for Node, all others for the process.
  const given = process.argv.slice(2)
  const forNode = given.filter((word) => word.startsWith('--inspect'))
  const words = [...forNode, ...NODE_FLAGS, '--import', new URL('./ends-with-its-starter.mjs', import.meta.url).href]
  const main = spawn(
    process.execPath,
    [...words, `${root}dist/apps/${app}/src/main.js`, ...given.filter((word) => !forNode.includes(word))],
    {
      cwd: root,
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
}
