import { isForeign } from './local-origin'

const host = '127.0.0.1:9464'

describe('a server for this machine alone (fault B4)', () => {
  it.each(['127.0.0.1', '127.0.0.1:9464', '127.0.0.2:1', 'localhost:9464', 'LOCALHOST', '[::1]:9464'])(
    'answers requests for the host %s',
    (name) => expect(isForeign({ host: name })).toBe(false),
  )

  it.each([
    undefined,
    '',
    'evil.example:9464',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1:9464.evil.example',
    'evil@127.0.0.1',
    'localhost:123456',
    '10.0.0.7:9464',
    '[::2]',
    'worker',
    ' 127.0.0.1',
  ])('refuses requests for the host %s', (name) =>
    expect(isForeign(name === undefined ? {} : { host: name })).toBe(true),
  )

  it.each([
    ['no page at all', {}, false],
    ['a page of its own', { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, false],
    ['a person at the address bar', { 'sec-fetch-site': 'none' }, false],
    ['a page elsewhere', { origin: 'https://evil.example' }, true],
    ['a sandboxed page', { origin: 'null' }, true],
    ['a page on another port', { origin: 'http://127.0.0.1:8080' }, true],
    ['a link or picture of a page elsewhere', { 'sec-fetch-site': 'cross-site' }, true],
    ['a page on another port, without its origin', { 'sec-fetch-site': 'same-site' }, true],
    ['what no browser says', { 'sec-fetch-site': 'anywhere' }, true],
  ])('judges a request by its origin and fetch metadata: %s', (_, headers, foreign) =>
    expect(isForeign({ host, ...headers })).toBe(foreign),
  )

  it('answers under other names and addresses only where the settings allow them', () => {
    const asked = (name: string) => isForeign({ host: name }, { names: ['worker'], anyAddress: true })
    expect(
      ['worker:8082', 'WORKER', '10.0.0.7:9464', '[fd00::7]:9464', 'evil.example', 'worker.evil.example'].map(asked),
    ).toEqual([false, false, false, false, true, true])
  })
})
