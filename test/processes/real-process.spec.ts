import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from './wait-until'
import type { RealProcess } from './real-process'
import { startProcess } from './real-process'

let folder: string
let started: RealProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouhou-real-process-'))
  started = []
})
afterEach(async () => {
  await Promise.all(started.map((process) => process.kill()))
  rmSync(folder, { recursive: true })
})

/** Starts a program that is ready when it has printed "ready". */
function startProgram(program: string): RealProcess {
  const file = join(folder, 'program.cjs')
  writeFileSync(file, program)
  const process = startProcess('worker', {}, (output) => Promise.resolve(output.includes('ready')), file)
  started.push(process)
  return process
}
const RUNS_ON = `console.log('ready'); setInterval(() => undefined, 1_000)`
const FAILS_LATER = `console.log('ready'); setTimeout(() => { throw new Error('out of tea') }, 50)`

describe('a process under test that ends by itself', () => {
  it('is reported with its exit code and its last output, also after it was cleaned up', async () => {
    const process = startProgram(FAILS_LATER)
    await process.startedIn
    await waitUntil('it has printed its error', () => process.output().includes('out of tea') && process.ended())
    await process.kill()
    expect(process.unexpectedEnd()).toMatch(/^the worker ended with 1: [^]*out of tea/)
  })

  it('cannot be suspended or resumed: the error has its last output', async () => {
    const process = startProgram(FAILS_LATER)
    await waitUntil('it has printed its error', () => process.output().includes('out of tea') && process.ended())
    expect(() => process.suspend()).toThrow(/SIGSTOP[^]*out of tea/)
    expect(() => process.resume()).toThrow(/SIGCONT[^]*out of tea/)
  })

  it('fails the wait for its start with its output, if it was not ready by then', async () => {
    const process = startProgram(`throw new Error('no tea')`)
    await expect(process.startedIn).rejects.toThrow(/^while it started, the worker ended with 1: [^]*no tea/)
  })
})

describe('a process under test', () => {
  it.each(['kill', 'stop'] as const)('does not count as ended by itself after %s', async (end) => {
    const process = startProgram(RUNS_ON)
    await process.startedIn
    expect(process.unexpectedEnd()).toBeUndefined()
    await process[end]()
    expect([process.ended(), process.unexpectedEnd()]).toEqual([true, undefined])
  })

  it('does not count as ended by itself when the caller waits for its end', async () => {
    const process = startProgram(`console.log('ready'); process.exitCode = 7`)
    expect(await process.untilEnded(5_000)).toBe(7)
    expect(process.unexpectedEnd()).toBeUndefined()
  })

  it('runs on after it was suspended and resumed', async () => {
    const process = startProgram(`setInterval(() => console.log('ready'), 10)`)
    await process.startedIn
    process.suspend()
    process.resume()
    const before = process.output().length
    await waitUntil('it prints more', () => process.output().length > before)
    expect(process.ended()).toBe(false)
  })
})
