import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AddressNotAllowed, guardedFetch, isInnerAddress } from './guarded-fetch'

describe('an address that only machines beside the console reach', () => {
  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
    ],
    ...['224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1'],
    ...['2002:a00:1::', '2001:0:a00:1::', 'no address'],
  ])('%s', (address) => expect(isInnerAddress(address)).toBe(true))

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2400:3200::1'])('not %s', (address) =>
    expect(isInnerAddress(address)).toBe(false),
  )
})

describe('a call to an address that a person typed', () => {
  let server: Server
  let url: string
  let asked: number
  const get = (target: string, hosts: readonly string[] = []): Promise<Response> =>
    guardedFetch(hosts)(target, { method: 'GET', headers: {} })

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1
      if (request.url === '/elsewhere') response.writeHead(302, { location: `${url}/` }).end()
      else response.end(request.url === '/long' ? 'x'.repeat(1_100_000) : 'answered')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => (asked = 0))
  afterAll(() => server.close())

  it('goes to a host that the settings name', async () => {
    expect(await (await get(url, ['127.0.0.1'])).text()).toBe('answered')
  })

  it.each([
    ['without TLS', () => url],
    ['to the machine itself', () => url.replace('http', 'https')],
    ['to a name of the machine itself', () => url.replace('http://127.0.0.1', 'https://localhost')],
    ['with a password in it', () => url.replace('http://', 'https://user:word@')],
    ['that is none', () => 'ftp://127.0.0.1'],
  ])('is not made %s', async (_name, target) => {
    await expect(get(target())).rejects.toThrow(AddressNotAllowed)
    expect(asked).toBe(0)
  })

  it('follows no redirect, and takes no answer without end', async () => {
    expect((await get(`${url}/elsewhere`, ['127.0.0.1'])).status).toBe(302)
    expect(asked).toBe(1)
    await expect(get(`${url}/long`, ['127.0.0.1'])).rejects.toThrow('no answer')
  })
})
