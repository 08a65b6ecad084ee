import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { countRows } from '../postgres/count-rows'
import { caseNumberOf } from '../support/case-numbers'
import { refundPush } from '../support/stack'
import { useGateway } from './use-gateway'

const KILOBYTE = 1024
const STALL_LIMIT_MS = 100
const MEMORY_GROWTH_LIMIT = 5 * KILOBYTE * KILOBYTE
const fixture = useGateway()
let next = 0

const nested = (bytes: number): string => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2)
const pushWith = (data: string): string => JSON.stringify({ tag: '200', msg_id: `bomb-${next++}`, data })
const arrayOf = (...elements: string[]): string => `[${elements.join(',')}]`

/** All are sent with a valid signature, so they reach the parsers. */
const BOMBS: readonly (readonly [name: string, body: () => Buffer])[] = [
  ['256 KB of nesting', () => Buffer.from(nested(256 * KILOBYTE))],
  ['256 KB of nesting in an element', () => Buffer.from(arrayOf(nested(256 * KILOBYTE)))],
  ['256 KB of nesting in the content', () => Buffer.from(arrayOf(pushWith(nested(256 * KILOBYTE))))],
  ['256 KB of open objects', () => Buffer.from('{"a":'.repeat(52_000))],
  [
    '20,000 keys',
    () => Buffer.from(arrayOf(pushWith(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`))),
  ],
  [
    'one key 20,000 times',
    () => Buffer.from(arrayOf(pushWith(`{${Array.from({ length: 20_000 }, () => '"aftersale_id":1').join(',')}}`))),
  ],
  ['a number of 250,000 digits', () => Buffer.from(arrayOf(pushWith(`{"aftersale_id":${'9'.repeat(250_000)}}`)))],
  ['a fraction of 250,000 digits', () => Buffer.from(arrayOf(pushWith(`{"aftersale_id":0.${'9'.repeat(250_000)}}`)))],
  ['500,000 empty elements', () => Buffer.from(`[1${',1'.repeat(499_999)}]`)],
  ['300,000 commas', () => Buffer.from(`[${','.repeat(300_000)}]`)],
  ['a megabyte of spaces', () => Buffer.from(' '.repeat(1_000_000))],
  ['a megabyte of quotes', () => Buffer.from('"'.repeat(1_000_000))],
  ['a megabyte of backslashes in a text', () => Buffer.from(arrayOf(pushWith('\\'.repeat(490_000))))],
  [
    '__proto__ and constructor',
    () =>
      Buffer.from(arrayOf(pushWith('{"__proto__":{"aftersale_id":"1"},"constructor":{"prototype":{"shop_id":1}}}'))),
  ],
  ['a byte order mark', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(arrayOf(pushWith('{}')))])],
  [
    'invalid UTF-8',
    () =>
      Buffer.concat([
        Buffer.from('[{"tag":"200","msg_id":"x","data":"'),
        Buffer.from([0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80]),
        Buffer.from('"}]'),
      ]),
  ],
  ['NUL bytes', () => Buffer.from('[{"tag":"200","msg_id":"\u0000","data":"{\\"aftersale_id\\":\\"\u0000\\"}"}]')],
  ['UTF-16', () => Buffer.from(arrayOf(pushWith('{}')), 'utf16le')],
  ['nothing but NUL', () => Buffer.alloc(1_000_000)],
  ['an empty body', () => Buffer.alloc(0)],
]

/** The longest delay of the event loop during the work, ms; the best of up to five attempts, as the machine is shared. */
async function stallOf(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity
  for (let attempt = 0; attempt < 5 && best > STALL_LIMIT_MS; attempt++) {
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const before = process.cpuUsage()
    delay.enable()
    await work()
    await new Promise((resolve) => setTimeout(resolve, 15))
    delay.disable()
    const { user, system } = process.cpuUsage(before)
    // A delay counts only up to the CPU time that was used.
    best = Math.min(best, delay.max / 1e6, (user + system) / 1e3)
  }
  return best
}

describe('a signed delivery with hostile content (attack S3)', () => {
  it.each(BOMBS)(
    'with %s is accepted or refused without stalling the process, and the next delivery is processed',
    async (_name, bodyOf) => {
      const body = bodyOf()
      const stall = await stallOf(async () => {
        expect((await fixture.gateway.post(body)).status).toBeLessThan(500)
      })
      const caseNumber = caseNumberOf(next)
      const neighbour = JSON.stringify(refundPush({ caseNumber, at: fixture.stack.now }))
      const received = await stallOf(async () => {
        expect(await fixture.gateway.post(Buffer.from(arrayOf(neighbour)))).toMatchObject({ status: 200 })
        await fixture.stack.receiveAll()
      })
      expect((await fixture.stack.caseOf(caseNumber))?.status?.raw).toBe('6')
      expect(await countRows(fixture.stack.database, 'pending')).toBe(0)
      expect(stall).toBeLessThan(STALL_LIMIT_MS)
      expect(received).toBeLessThan(STALL_LIMIT_MS)
    },
    60_000,
  )

  it('does not leak memory, however often it is sent', async () => {
    const rounds = async (): Promise<void> => {
      for (const [, bodyOf] of BOMBS) await fixture.gateway.post(bodyOf())
      await fixture.stack.receiveAll()
    }
    await rounds()
    const before = await settledMemory()
    for (let round = 0; round < 3; round++) await rounds()
    expect((await settledMemory()) - before).toBeLessThan(MEMORY_GROWTH_LIMIT)
  }, 120_000)

  it('with one malformed element does not affect its other elements', async () => {
    const numbers = [caseNumberOf(90_001), caseNumberOf(90_002)]
    const [one = '', other = ''] = numbers.map((caseNumber) =>
      JSON.stringify(refundPush({ caseNumber, at: fixture.stack.now })),
    )
    await fixture.gateway.post(
      Buffer.from(
        arrayOf(one, pushWith(nested(100_000)), '{"tag":"\\u0000"}', pushWith('{"aftersale_id":1e400}'), other),
      ),
    )
    await fixture.stack.receiveAll()
    for (const caseNumber of numbers) expect((await fixture.stack.caseOf(caseNumber))?.status?.raw).toBe('6')
  })
})

/** Reachable memory in bytes: garbage is collected first, as it is no leak. */
async function settledMemory(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let pass = 0; pass < 3; pass++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}
