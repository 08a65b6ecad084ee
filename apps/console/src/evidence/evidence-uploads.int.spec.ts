import { connect, type Socket } from 'node:net'
import { png } from '../../../../test/support/pictures'
import { waitUntil } from '../../../../test/processes/wait-until'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const MEGABYTE = 1_048_576

describe('an upload of evidence (fault B2)', () => {
  let stack: Stack
  let id: string
  let theirs: string
  let port: number
  let cookie: string
  let sockets: Socket[] = []
  beforeAll(async () => {
    stack = await openStack()
    id = await stack.recordReport(stack.ours.stores[0], 'E1', waiting(NOON + HOUR, 5_000))
    theirs = await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON + HOUR, 5_000))
    ;({ cookie } = await stack.signedIn.headers())
    await stack.app.listen(0, '127.0.0.1')
    port = Number(new URL(await stack.app.getUrl()).port)
  })
  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    sockets = []
  })
  afterAll(() => stack.close())

  /** Sends the head of an upload and these bytes of its body; answers all that comes back. */
  function startUpload(
    given: { of?: string; type?: string; by?: string; length?: number; path?: string },
    body: Buffer = Buffer.alloc(0),
  ): { socket: Socket; answer: () => string; closed: () => boolean } {
    const { of = id, type = 'image/png', by = `Cookie: ${cookie}`, length = 1_000 } = given
    const { path = `/api/cases/${of}/evidence` } = given
    let received = ''
    const lines = [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      by,
      `Content-Type: ${type}`,
      `Content-Length: ${length}`,
    ]
    const head = Buffer.from([...lines.filter((line) => line !== ''), '', ''].join('\r\n'))
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.concat([head, body])))
    socket.on('error', () => undefined)
    socket.on('data', (part: Buffer) => (received += part.toString('latin1')))
    sockets.push(socket)
    return { socket, answer: () => received.slice(9, 12), closed: () => socket.destroyed || socket.readableEnded }
  }

  it.each<[string, () => Parameters<typeof startUpload>[0], string]>([
    ['without log-in', () => ({ by: '' }), '401'],
    ['to what is no case id', () => ({ of: 'nonsense' }), '400'],
    ['to a case that does not exist', () => ({ of: '00000000-0000-8000-a000-000000000009' }), '404'],
    ['to a case of another organisation', () => ({ of: theirs }), '404'],
    ['of a picture of more than 20 MB', () => ({ length: 20 * MEGABYTE + 1 }), '413'],
    ['of a document of more than 20 MB', () => ({ type: 'application/pdf', length: 20 * MEGABYTE + 1 }), '413'],
    ['of a video of more than 100 MB', () => ({ type: 'video/mp4', length: 100 * MEGABYTE + 1 }), '413'],
    ['to an operation that takes JSON', () => ({ path: `/api/cases/${id}/actions` }), '415'],
    ['to an unknown address', () => ({ path: '/nothing' }), '415'],
  ])('%s is refused before its body, and the connection is closed', async (_, given, status) => {
    const { answer, closed } = startUpload(given())
    await waitUntil('it is closed', closed)
    expect(answer()).toBe(status)
  })

  it('by a person who may add none is refused before its body, and the refusal is audited', async () => {
    const { cookie: session } = await stack.signedIn.headers({ login: 'no-evidence', role: 'pre-sale-agent' })
    const { answer, closed } = startUpload({ by: `Cookie: ${session}` })
    await waitUntil('it is closed', closed)
    expect(answer()).toBe('403')
    const [entry] = await stack.database.query<object[]>(
      `SELECT action, subject, details, login FROM audit_entry JOIN person p ON actor = 'person:' || p.id
       WHERE org = $1 ORDER BY n DESC LIMIT 1`,
      [stack.ours.org],
    )
    expect(entry).toEqual({
      action: 'access.denied',
      subject: 'route:POST:/api/cases/:id/evidence',
      details: { needed: ['evidence.write'] },
      login: 'no-evidence',
    })
  })

  it('is refused at its first bytes if they are of no supported type, whatever type is stated', async () => {
    const { answer, closed } = startUpload(
      { type: 'video/mp4', length: 60 * MEGABYTE },
      Buffer.from('<html>'.padEnd(200)),
    )
    await waitUntil('it is closed', closed)
    expect(answer()).toBe('415')
  })

  it('has the size limit of a picture if it is a picture that is stated to be a video', async () => {
    const { socket, answer, closed } = startUpload(
      { type: 'video/mp4', length: 60 * MEGABYTE },
      png('x').subarray(0, 60),
    )
    const part = Buffer.alloc(MEGABYTE)
    let sent = 0
    const sendMore = (): void => {
      if (!closed() && sent++ < 60) socket.write(part, () => setImmediate(sendMore))
    }
    sendMore()
    await waitUntil('it is closed', closed)
    expect(sent).toBeLessThan(50)
    // The rest of what was on its way may take the answer with it.
    expect(['413', '']).toContain(answer())
  })

  it('is refused with 503 while too many bytes are in progress, and accepted once they are done', async () => {
    const head = Buffer.concat([Buffer.from('000000186674797069736f6d00000000', 'hex'), Buffer.alloc(8)])
    // Together one byte more than large bodies may have in hand: nothing follows what is refused, so its answer arrives.
    const large = [0, 0, 1].map((more) => {
      const part = Buffer.concat([head, Buffer.alloc(32 * MEGABYTE - head.length + more)])
      return startUpload({ type: 'video/mp4', length: 60 * MEGABYTE }, part)
    })
    await waitUntil('one is refused', () => large.some(({ answer }) => answer() === '503'))
    for (const { socket } of large) socket.destroy()
    const whole = png('pixels')
    await waitUntil('memory for uploads is free again', async () => {
      const { answer } = startUpload({ length: whole.length }, whole)
      await waitUntil('it is answered', () => answer() !== '')
      return answer() === '201'
    })
  })
})
