import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { countRows } from '../postgres/count-rows'
import { waitUntil } from '../processes/wait-until'
import { signed } from '../support/stack'
import { PATH } from './gateway'
import { useGateway } from './use-gateway'

const MEGABYTE = 1024 * 1024
const SLOW_CONNECTIONS = 300
const fixture = useGateway()
const { genuine } = fixture

const head = (...lines: string[]): string => [`POST ${PATH} HTTP/1.1`, 'Host: gateway', ...lines, '', ''].join('\r\n')
const signatureLines = (body: Buffer): string[] =>
  Object.entries(signed(body)).map(([name, value]) => `${name}: ${value}`)

/** p99 latency of a hundred genuine deliveries, one after the other, ms. */
async function p99(): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < 100; i++) {
    const started = performance.now()
    expect(await fixture.gateway.post(genuine())).toMatchObject({ status: 200 })
    took.push(performance.now() - started)
  }
  return took.sort((a, b) => a - b)[98] ?? Infinity
}

describe('an oversized, malformed or slow delivery (attack S4)', () => {
  it('is answered 413 if it has ten megabytes, even with a valid signature', async () => {
    const body = Buffer.alloc(10 * MEGABYTE, 32)
    const before = await countRows(fixture.stack.database, 'message')
    expect(
      await fixture.gateway.raw(
        Buffer.concat([Buffer.from(head(...signatureLines(body), `content-length: ${body.length}`)), body]),
      ),
    ).toMatch(/^HTTP\/1\.1 413 /)
    expect(await countRows(fixture.stack.database, 'message')).toBe(before)
  })

  it('is answered 413 one byte above the limit, and accepted exactly at the limit', async () => {
    const filled = (size: number): Buffer => {
      const body = Buffer.alloc(size, 32)
      genuine().copy(body)
      return body
    }
    expect(await fixture.gateway.post(filled(MEGABYTE))).toMatchObject({ status: 200 })
    expect(
      await fixture.gateway.raw(
        Buffer.concat([
          Buffer.from(head(...signatureLines(filled(MEGABYTE + 1)), `content-length: ${MEGABYTE + 1}`)),
          filled(MEGABYTE + 1),
        ]),
      ),
    ).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('is answered 413 and closed if its chunks do not end', async () => {
    const response = await new Promise<string>((resolve) => {
      let answer = ''
      let sent = 0
      const socket = connect(fixture.gateway.port, '127.0.0.1', () => {
        socket.write(head(...signatureLines(Buffer.from('[]')), 'transfer-encoding: chunked'))
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
    expect(response).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('is not decompressed, so a zip bomb does no harm', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE, 32))
    const before = await countRows(fixture.stack.database, 'message')
    // Signed over the compressed bytes, or over the content: neither is decompressed.
    const signedCompressed = await fixture.gateway.post(bomb, {
      headers: { ...signed(bomb), 'content-encoding': 'gzip' },
    })
    expect([200, 415]).toContain(signedCompressed.status)
    const small = genuine()
    expect(
      await fixture.gateway.post(gzipSync(small), { headers: { ...signed(small), 'content-encoding': 'gzip' } }),
    ).toMatchObject({ status: 401 })
    expect(await countRows(fixture.stack.database, 'message')).toBe(before + (signedCompressed.status === 200 ? 1 : 0))
  })

  it.each([
    ['two different lengths', ['content-length: 2', 'content-length: 3']],
    ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked']],
    ['a misspelt transfer encoding', ['transfer-encoding: xchunked']],
    ['two transfer encodings', ['transfer-encoding: chunked', 'transfer-encoding: identity']],
    ['a space before the colon', ['transfer-encoding : chunked']],
    ['a negative length', ['content-length: -1']],
    ['a length with a sign', ['content-length: +2']],
  ] as const)(
    'is refused if its framing is ambiguous (%s), and nothing behind it is accepted as a delivery',
    async (_how, lines) => {
      const before = await countRows(fixture.stack.database, 'message')
      const hidden = genuine()
      const smuggled = `${head(...signatureLines(hidden), `content-length: ${hidden.length}`)}${hidden.toString('latin1')}`
      const response = await fixture.gateway.raw(
        `${head(...signatureLines(Buffer.from('[]')), ...lines)}0\r\n\r\n${smuggled}`,
      )
      expect(response).toMatch(/^HTTP\/1\.1 4(00|01|15) /)
      expect(response.match(/HTTP\/1\.1 200/g)).toBeNull()
      expect(await countRows(fixture.stack.database, 'message')).toBe(before)
    },
  )

  it('is not accepted if it is shorter than its Content-Length, and answered 431 if it has a header of a megabyte', async () => {
    const body = genuine()
    const before = await countRows(fixture.stack.database, 'message')
    expect(
      await fixture.gateway.raw(
        Buffer.concat([Buffer.from(head(...signatureLines(body), `content-length: ${body.length + 1}`)), body]),
        500,
      ),
    ).toBe('')
    expect(await fixture.gateway.raw(head(...signatureLines(body), `x: ${'x'.repeat(MEGABYTE)}`))).toMatch(
      /^HTTP\/1\.1 431 /,
    )
    expect(await countRows(fixture.stack.database, 'message')).toBe(before)
  })

  it(`delays no other and is answered 408 if it is endless and slow, on ${SLOW_CONNECTIONS} connections`, async () => {
    const baseline = await p99()
    const sockets: Socket[] = []
    const answers: string[] = []
    for (let i = 0; i < SLOW_CONNECTIONS; i++) {
      const socket = connect(fixture.gateway.port, '127.0.0.1', () =>
        // With a well-formed signature: without one it would be refused before its body is read.
        socket.write(head(...signatureLines(Buffer.from('[]')), 'content-length: 1000')),
      )
      socket.on('error', () => undefined)
      socket.on('data', (part: Buffer) => answers.push(part.toString('latin1')))
      sockets.push(socket)
    }
    const drip = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('1')), 1_000)
    try {
      await waitUntil('all slow connections are open', () => sockets.every((socket) => !socket.connecting))
      const meanwhile = Math.min(await p99(), await p99())
      expect(meanwhile).toBeLessThan(Math.max(50, 2 * baseline))
      await waitUntil(
        'the slow connections are closed',
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
