/** Runs one stage of `npm test` as a process group of its own, so that all its processes can be ended together, at the latest after a time limit. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const { FORCE_COLOR: _coloured, ...inherited } = process.env
// Variables for another PostgreSQL (PGSSLMODE, PGOPTIONS, …) must not reach the clients of the tests.
const environment = Object.fromEntries(Object.entries(inherited).filter(([name]) => !/^PG[A-Z]/.test(name)))
const plain = { ...environment, NO_COLOR: '1' }

/**
 * V8 flags of all stages, which jest hands on to its workers. Two cores are always busy, so what counts is processor time: a
 * larger young generation is collected less often, and threads that collect it beside each other cost more than they gain.
 */
const V8_FLAGS = ['--max-semi-space-size=32', '--single-threaded-gc']

const running = new Set()
/** How long a stage may linger after it has written its result, before what it left open is ended. */
const lingerMs = 10_000

/**
 * @param {string[]} words what Node is to run
 * @param {{ cwd: string, limit: number, result?: string }} options limit: seconds; result: a file that exists as soon as the work is done
 * @returns {Promise<{ ok: boolean, seconds: number, said: string, late: boolean, lingered: boolean }>}
 */
export function execute(words, { cwd, limit, result }) {
  const from = Date.now()
  const child = spawn(process.execPath, [...V8_FLAGS, ...words], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plain,
  })
  running.add(child)
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  return new Promise((resolve) => {
    let late = false
    let lingered = false
    const limitTimer = setTimeout(() => {
      late = true
      end(child)
    }, limit * 1000)
    let doneAt
    const watch = setInterval(() => {
      if (!result || !existsSync(result)) return
      doneAt ??= Date.now()
      if (Date.now() - doneAt > lingerMs) {
        lingered = true
        end(child)
      }
    }, 500)
    const over = (ok) => {
      clearTimeout(limitTimer)
      clearInterval(watch)
      end(child)
      running.delete(child)
      resolve({ ok, seconds: (Date.now() - from) / 1000, said: Buffer.concat(said).toString(), late, lingered })
    }
    child.once('error', (error) => {
      said.push(Buffer.from(error.message))
      over(false)
    })
    // 'exit', not 'close': a grandchild may keep the pipe open. The pause lets the last output arrive.
    child.once('exit', (code) => setTimeout(() => over(code === 0), 100))
  })
}

export function endAll() {
  for (const child of running) end(child)
}

function end(child) {
  if (!child.pid) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
