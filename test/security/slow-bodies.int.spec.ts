import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { countOf, until } from '../faults/asking'
import { signed } from '../trade/stack'
import { PATH } from './gateway'
import { gatewayForThisFile } from './gateway-for-file'

const MEGABYTE = 1024 * 1024
const SLOW_ONES = 300
const at = gatewayForThisFile()
const { genuine } = at

const head = (...lines: string[]): string => [`POST ${PATH} HTTP/1.1`, 'Host: gateway', ...lines, '', ''].join('\r\n')
const signs = (body: Buffer): string[] => Object.entries(signed(body)).map(([name, value]) => `${name}: ${value}`)

/** The 99th of a hundred genuine deliveries, one after the other, ms. */
async function p99(): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < 100; i++) {
    const started = performance.now()
    expect(await at.gateway.post(genuine())).toMatchObject({ status: 200 })
    took.push(performance.now() - started)
  }
  return took.sort((a, b) => a - b)[98] ?? Infinity
}

describe('S4: a delivery that is', () => {
  it('of ten megabytes is answered 413, whatever it is signed with', async () => {
    const body = Buffer.alloc(10 * MEGABYTE, 32)
    const before = await countOf(at.stack.database, 'message')
    expect(
      await at.gateway.raw(Buffer.concat([Buffer.from(head(...signs(body), `content-length: ${body.length}`)), body])),
    ).toMatch(/^HTTP\/1\.1 413 /)
    expect(await countOf(at.stack.database, 'message')).toBe(before)
  })

  it('one byte larger than the limit is answered 413, and one of the limit is taken', async () => {
    const filled = (size: number): Buffer => {
      const body = Buffer.alloc(size, 32)
      genuine().copy(body)
      return body
    }
    expect(await at.gateway.post(filled(MEGABYTE))).toMatchObject({ status: 200 })
    expect(
      await at.gateway.raw(
        Buffer.concat([
          Buffer.from(head(...signs(filled(MEGABYTE + 1)), `content-length: ${MEGABYTE + 1}`)),
          filled(MEGABYTE + 1),
        ]),
      ),
    ).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('sent in chunks without end is cut off with 413', async () => {
    const said = await new Promise<string>((resolve) => {
      let answer = ''
      let sent = 0
      const socket = connect(at.gateway.port, '127.0.0.1', () => {
        socket.write(head(...signs(Buffer.from('[]')), 'transfer-encoding: chunked'))
        const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
        const more = (): void => {
          if (socket.destroyed || sent > 64) return
          sent += 1
          socket.write(chunk, () => setImmediate(more))
        }
        more()
      })
      socket.on('data', (part: Buffer) => (answer += part.toString('latin1')))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(answer))
      setTimeout(() => socket.destroy(), 10_000).unref()
    })
    expect(said).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('compressed is not unpacked: a bomb stays as small as it came', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE, 32))
    const before = await countOf(at.stack.database, 'message')
    // Signed as it is, or as what is in it: neither is opened.
    const asItIs = await at.gateway.post(bomb, { headers: { ...signed(bomb), 'content-encoding': 'gzip' } })
    expect([200, 415]).toContain(asItIs.status)
    const small = genuine()
    expect(
      await at.gateway.post(gzipSync(small), { headers: { ...signed(small), 'content-encoding': 'gzip' } }),
    ).toMatchObject({ status: 401 })
    expect(await countOf(at.stack.database, 'message')).toBe(before + (asItIs.status === 200 ? 1 : 0))
  })

  it.each([
    ['two different lengths', ['content-length: 2', 'content-length: 3']],
    ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked']],
    ['chunks under a false name', ['transfer-encoding: xchunked']],
    ['chunks twice', ['transfer-encoding: chunked', 'transfer-encoding: identity']],
    ['chunks after a space', ['transfer-encoding : chunked']],
    ['a negative length', ['content-length: -1']],
    ['a length with a sign', ['content-length: +2']],
  ] as const)('ambiguous by %s is answered 400, and nothing behind it is taken for a delivery', async (_how, lines) => {
    const before = await countOf(at.stack.database, 'message')
    const hidden = genuine()
    const smuggled = `${head(...signs(hidden), `content-length: ${hidden.length}`)}${hidden.toString('latin1')}`
    const said = await at.gateway.raw(`${head(...signs(Buffer.from('[]')), ...lines)}0\r\n\r\n${smuggled}`)
    expect(said).toMatch(/^HTTP\/1\.1 4(00|01|15) /)
    expect(said.match(/HTTP\/1\.1 200/g)).toBeNull()
    expect(await countOf(at.stack.database, 'message')).toBe(before)
  })

  it('shorter than it says is not taken, and one with a header of a megabyte is answered 431', async () => {
    const body = genuine()
    const before = await countOf(at.stack.database, 'message')
    expect(
      await at.gateway.raw(
        Buffer.concat([Buffer.from(head(...signs(body), `content-length: ${body.length + 1}`)), body]),
        500,
      ),
    ).toBe('')
    expect(await at.gateway.raw(head(...signs(body), `x: ${'x'.repeat(MEGABYTE)}`))).toMatch(/^HTTP\/1\.1 431 /)
    expect(await countOf(at.stack.database, 'message')).toBe(before)
  })

  it(`so slow that it never ends, ${SLOW_ONES} times over, delays no other, and is ended with 408`, async () => {
    const quiet = await p99()
    const sockets: Socket[] = []
    const answers: string[] = []
    for (let i = 0; i < SLOW_ONES; i++) {
      const socket = connect(at.gateway.port, '127.0.0.1', () =>
        // With the form of a signature: without one it would be refused before its body.
        socket.write(head(...signs(Buffer.from('[]')), 'content-length: 1000')),
      )
      socket.on('error', () => undefined)
      socket.on('data', (part: Buffer) => answers.push(part.toString('latin1')))
      sockets.push(socket)
    }
    const drip = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('1')), 1_000)
    try {
      await until('all slow ones are connected', () => sockets.every((socket) => !socket.connecting))
      const meanwhile = Math.min(await p99(), await p99())
      expect(meanwhile).toBeLessThan(Math.max(50, 2 * quiet))
      await until(
        'the slow ones are ended',
        () => sockets.every((socket) => socket.destroyed || socket.readableEnded),
        60_000,
      )
      expect(answers.filter((answer) => !/^HTTP\/1\.1 408 /.test(answer))).toEqual([])
    } finally {
      clearInterval(drip)
      sockets.forEach((socket) => socket.destroy())
    }
  }, 90_000)
})
