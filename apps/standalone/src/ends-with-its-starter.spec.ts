import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const LOADED_FIRST = pathToFileURL(join(__dirname, '../ends-with-its-starter.mjs')).href

/** Serves HTTP, starts and ends a worker thread, then prints its port. */
const PROGRAM = `
  const { Worker } = require('node:worker_threads')
  const THREAD = 'data:text/javascript,import { parentPort } from "node:worker_threads"; parentPort.postMessage("runs"); setInterval(() => {}, 1000)'
  const server = require('node:http').createServer((_request, response) => response.end('served'))
  server.listen(0, '127.0.0.1', () => {
    const worker = new Worker(new URL(THREAD))
    worker.once('message', () => worker.terminate())
    worker.once('exit', () => console.log(server.address().port))
  })`

describe('a process that ends with its starter', () => {
  let child: ChildProcess

  beforeEach(() => {
    child = spawn(process.execPath, ['--import', LOADED_FIRST, '-e', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    })
  })
  afterEach(() => child.kill('SIGKILL'))

  const port = async (): Promise<number> => Number(String((await once(child.stdout ?? child, 'data'))[0]))

  it('still answers new connections after one of its worker threads has ended', async () => {
    const address = `http://127.0.0.1:${await port()}`
    for (let connection = 0; connection < 3; connection++) {
      const response = await fetch(address, { headers: { connection: 'close' }, signal: AbortSignal.timeout(4_000) })
      expect(await response.text()).toBe('served')
    }
  })

  it('is stopped once the pipe to its starter closes', async () => {
    await port()
    child.stdio[3]?.destroy()
    expect((await once(child, 'exit'))[1]).toBe('SIGTERM')
  })
})
