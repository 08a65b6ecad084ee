import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { caseNumberOf, countOf } from '../faults/asking'
import { refundPush } from '../trade/stack'
import { gatewayForThisFile } from './gateway-for-file'

const KILOBYTE = 1024
const LONGEST_STALL_MS = 100
const MOST_MEMORY = 5 * KILOBYTE * KILOBYTE
const at = gatewayForThisFile()
let next = 0

const nested = (bytes: number): string => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2)
const inPush = (data: string): string => JSON.stringify({ tag: '200', msg_id: `bomb-${next++}`, data })
const list = (...elements: string[]): string => `[${elements.join(',')}]`

/** Genuinely signed, so that nothing but our own care stands between them and us. */
const BOMBS: readonly (readonly [name: string, body: () => Buffer])[] = [
  ['256 KB of nesting', () => Buffer.from(nested(256 * KILOBYTE))],
  ['256 KB of nesting in an element', () => Buffer.from(list(nested(256 * KILOBYTE)))],
  ['256 KB of nesting in the content', () => Buffer.from(list(inPush(nested(256 * KILOBYTE))))],
  ['256 KB of open objects', () => Buffer.from('{"a":'.repeat(52_000))],
  [
    '20,000 keys',
    () => Buffer.from(list(inPush(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`))),
  ],
  [
    'one key 20,000 times',
    () => Buffer.from(list(inPush(`{${Array.from({ length: 20_000 }, () => '"aftersale_id":1').join(',')}}`))),
  ],
  ['a number of 250,000 digits', () => Buffer.from(list(inPush(`{"aftersale_id":${'9'.repeat(250_000)}}`)))],
  ['a fraction of 250,000 digits', () => Buffer.from(list(inPush(`{"aftersale_id":0.${'9'.repeat(250_000)}}`)))],
  ['500,000 empty elements', () => Buffer.from(`[1${',1'.repeat(499_999)}]`)],
  ['300,000 commas', () => Buffer.from(`[${','.repeat(300_000)}]`)],
  ['a megabyte of spaces', () => Buffer.from(' '.repeat(1_000_000))],
  ['a megabyte of quotes', () => Buffer.from('"'.repeat(1_000_000))],
  ['a megabyte of backslashes in a text', () => Buffer.from(list(inPush('\\'.repeat(490_000))))],
  [
    '__proto__ and constructor',
    () => Buffer.from(list(inPush('{"__proto__":{"aftersale_id":"1"},"constructor":{"prototype":{"shop_id":1}}}'))),
  ],
  ['a byte order mark', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(list(inPush('{}')))])],
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
  ['UTF-16', () => Buffer.from(list(inPush('{}')), 'utf16le')],
  ['nothing but NUL', () => Buffer.alloc(1_000_000)],
  ['an empty body', () => Buffer.alloc(0)],
]

/** How long the event loop stood still at most while this was done, ms. The best of five, for the machine has others to serve. */
async function stallOf(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity
  for (let attempt = 0; attempt < 5 && best > LONGEST_STALL_MS; attempt++) {
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const before = process.cpuUsage()
    delay.enable()
    await work()
    await new Promise((resolve) => setTimeout(resolve, 15))
    delay.disable()
    const { user, system } = process.cpuUsage(before)
    // A stall counts only as far as processor time was used.
    best = Math.min(best, delay.max / 1e6, (user + system) / 1e3)
  }
  return best
}

describe('S3: a signed delivery that is', () => {
  it.each(BOMBS)(
    '%s is taken or refused at once, and the neighbours go on',
    async (_name, bodyOf) => {
      const body = bodyOf()
      const stall = await stallOf(async () => {
        expect((await at.gateway.post(body)).status).toBeLessThan(500)
      })
      const caseNumber = caseNumberOf(next)
      const neighbour = JSON.stringify(refundPush({ caseNumber, at: at.stack.now }))
      const received = await stallOf(async () => {
        expect(await at.gateway.post(Buffer.from(list(neighbour)))).toMatchObject({ status: 200 })
        await at.stack.receiveAll()
      })
      expect((await at.stack.caseOf(caseNumber))?.status?.raw).toBe('6')
      expect(await countOf(at.stack.database, 'pending')).toBe(0)
      expect(stall).toBeLessThan(LONGEST_STALL_MS)
      expect(received).toBeLessThan(LONGEST_STALL_MS)
    },
    60_000,
  )

  it('one of these after the other leaves the memory as it was', async () => {
    const rounds = async (): Promise<void> => {
      for (const [, bodyOf] of BOMBS) await at.gateway.post(bodyOf())
      await at.stack.receiveAll()
    }
    await rounds()
    const before = await settledMemory()
    for (let round = 0; round < 3; round++) await rounds()
    expect((await settledMemory()) - before).toBeLessThan(MOST_MEMORY)
  }, 120_000)

  it('spoilt in one element does not spoil the others of the same delivery', async () => {
    const numbers = [caseNumberOf(90_001), caseNumberOf(90_002)]
    const [one = '', other = ''] = numbers.map((caseNumber) =>
      JSON.stringify(refundPush({ caseNumber, at: at.stack.now })),
    )
    await at.gateway.post(
      Buffer.from(list(one, inPush(nested(100_000)), '{"tag":"\\u0000"}', inPush('{"aftersale_id":1e400}'), other)),
    )
    await at.stack.receiveAll()
    for (const caseNumber of numbers) expect((await at.stack.caseOf(caseNumber))?.status?.raw).toBe('6')
  })
})

/** What is still reachable, bytes; what is not collected yet is no leak, so a collection is forced. */
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
