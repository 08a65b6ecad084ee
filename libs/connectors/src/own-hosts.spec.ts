import fc from 'fast-check'
import { property } from '../../../test/property'
import type { ActionOrder, Connector, Outbound, StoreSession, CallContext } from './contract'
import { findEndpointProblem, findEndpointProblems, restrictToOwnHosts } from '.'
import { MARKETPLACES, connectorOf } from '.'

const OWN_ENDPOINT = { defaultUrl: 'https://api.anywhere.cn', hosts: ['api.anywhere.cn', 'backup.anywhere.cn'] }
const ctx = { now: () => 1, signal: new AbortController().signal } as CallContext

describe('an address in the place of a marketplace’s own', () => {
  it.each([
    ['its usual one', 'https://api.anywhere.cn', true],
    ['with a path', 'https://api.anywhere.cn/api/router', true],
    ['a backup of its', 'https://backup.anywhere.cn/', true],
    ['in capitals', 'HTTPS://API.ANYWHERE.CN', true],
    ['its own port, explicit', 'https://api.anywhere.cn:443', true],
    ['without TLS', 'http://api.anywhere.cn', false],
    ['another port', 'https://api.anywhere.cn:8443', false],
    ['another scheme', 'wss://api.anywhere.cn', false],
    ['a file', 'file:///etc/passwd', false],
    ['a script', 'javascript:alert(1)', false],
    ['a host that ends alike', 'https://evil-api.anywhere.cn', false],
    ['a host that begins alike', 'https://api.anywhere.cn.evil.com', false],
    ['its name as a user name', 'https://api.anywhere.cn@evil.com', false],
    ['a name and a password', 'https://a:b@api.anywhere.cn', false],
    ['a query', 'https://api.anywhere.cn?to=evil.com', false],
    ['a dot behind it', 'https://api.anywhere.cn.', false],
    ['a backslash', 'https://evil.com\\api.anywhere.cn', false],
    ['this machine', 'http://127.0.0.1:8091', false],
    ['the cloud’s own data', 'http://169.254.169.254/latest', false],
    ['no address', 'api.anywhere.cn', false],
    ['nothing', '', false],
  ])('%s: %s', (_, address, taken) => {
    expect(findEndpointProblem(address, OWN_ENDPOINT, [])).toBe(
      taken ? undefined : 'must begin with https:// and be at api.anywhere.cn or backup.anywhere.cn',
    )
  })

  it.each([
    ['http://127.0.0.1:8091', true],
    ['https://127.0.0.1:8091/api', true],
    ['http://simulator:4100', true],
    ['http://[::1]:8091', true],
    ['ftp://127.0.0.1', false],
    ['ws://127.0.0.1', false],
    ['http://127.0.0.2', false],
    ['http://user@127.0.0.1', false],
  ])('may be at a host that is allowed to go without TLS: %s', (address, taken) => {
    expect(findEndpointProblem(address, OWN_ENDPOINT, ['127.0.0.1', 'simulator', '::1']) === undefined).toBe(taken)
  })

  it('is taken without TLS, and at another host, from no marketplace', () =>
    property(fc.webUrl({ validSchemes: ['http', 'https', 'ws', 'wss', 'ftp'], withFragments: true }), (address) => {
      expect(findEndpointProblem(address, OWN_ENDPOINT, [])).toBeDefined()
    }))

  it('has a name that the marketplace knows, also where the name is a part of the language', () => {
    const douyin = connectorOf('douyin') as Connector
    const endpoints = JSON.parse(
      '{"__proto__":"https://openapi-fxg.jinritemai.com","constructor":"x","push":"y"}',
    ) as Record<string, string>
    expect(findEndpointProblems(douyin, endpoints, []).map(({ name }) => name)).toEqual([
      '__proto__',
      'constructor',
      'push',
    ])
    expect(findEndpointProblems(douyin, { api: 'https://openapi-fxg.jinritemai.com' }, [])).toEqual([])
  })

  it('is https or wss by default, at one of the hosts that the marketplace names', () => {
    const all = MARKETPLACES.flatMap(({ endpoints = {} }) => Object.values(endpoints))
    expect(all.length).toBeGreaterThanOrEqual(3)
    for (const own of all) {
      expect(own.defaultUrl).toMatch(/^(https|wss):/)
      expect(findEndpointProblem(own.defaultUrl, own, [])).toBeUndefined()
    }
  })
})

describe('a connector at its own hosts', () => {
  const calledEndpoints: Record<string, string>[] = []
  const recordCall = (session: { endpoints: Readonly<Record<string, string>> }) => {
    calledEndpoints.push({ ...session.endpoints })
    return Promise.resolve({ type: 'unknown', why: 'called' } as const)
  }
  const outbound: Outbound = {
    pull: (_window, session) => recordCall(session),
    read: (_ref, session) => recordCall(session),
    requestCase: (_ref, session) => recordCall(session),
    refresh: (session) => recordCall(session),
    authorise: (_grant, app) => recordCall(app),
    perform: (_order, session) => recordCall(session),
    rejectReasons: (_ref, session) => recordCall(session),
    returnAddresses: (session) => recordCall(session),
    subscribe: (session) => recordCall(session),
    listen: (app) => recordCall(app).then(() => undefined),
  }
  const connector = {
    endpoints: { api: OWN_ENDPOINT, messages: { ...OWN_ENDPOINT, defaultUrl: 'wss://api.anywhere.cn' } },
    outbound,
  } as unknown as Connector
  const callsAt = (endpoints: Record<string, string>) => {
    const session = { appKey: 'k', appSecret: 'canary-secret', endpoints } as unknown as StoreSession
    const at = restrictToOwnHosts(connector, ['127.0.0.1']).outbound
    return [
      () => at.pull({ from: 0, to: 1 }, session, ctx),
      () => at.read({ caseNumber: '1' }, session, ctx),
      () => at.requestCase?.({ caseNumber: '1', case: 'x' }, session, ctx),
      () => at.refresh(session, ctx),
      () => at.authorise?.({ type: 'code', code: 'c' }, session, ctx),
      () => at.perform({} as ActionOrder, session, ctx),
      () => at.rejectReasons?.({ caseNumber: '1' }, session, ctx),
      () => at.returnAddresses?.(session, ctx),
      () => at.subscribe?.(session, ctx),
    ]
  }
  beforeEach(() => void calledEndpoints.splice(0))

  it('is not called by any method where an address is not its marketplace’s, and nothing has left this machine', async () => {
    for (const endpoints of [
      { api: 'https://evil.com' },
      { messages: 'ws://api.anywhere.cn' },
      { other: 'https://api.anywhere.cn' },
    ])
      for (const call of callsAt(endpoints)) {
        const answer = await call()
        expect(['unknown', 'try-later']).toContain(answer?.type)
        expect(JSON.stringify(answer)).toMatch(/the address \w+ is not used/)
        expect(JSON.stringify(answer)).not.toMatch(/evil|canary/)
      }
    expect(calledEndpoints).toEqual([])
  })

  it('is called by every method at its own addresses, which it need not name', async () => {
    for (const call of callsAt({})) await call()
    for (const call of callsAt({ api: 'http://127.0.0.1:1' })) await call()
    const usual = { api: 'https://api.anywhere.cn', messages: 'wss://api.anywhere.cn' }
    expect(calledEndpoints).toEqual([
      ...Array(9).fill(usual),
      ...Array(9).fill({ ...usual, api: 'http://127.0.0.1:1' }),
    ])
  })

  it('is not listened to at another host: that is reported, and checked again later', async () => {
    const stop = new AbortController()
    const notes: string[] = []
    const notices = {
      connected: () => void notes.push('connected'),
      disconnected: (_: number, why: string) => void notes.push(why),
    }
    const { listen } = restrictToOwnHosts(connector, []).outbound
    const app = { appKey: 'k', appSecret: 's', endpoints: { messages: 'wss://evil.com' } }
    const standing = listen?.(app, () => Promise.resolve(), notices, { ...ctx, signal: stop.signal })
    stop.abort()
    await standing
    expect([calledEndpoints, notes]).toEqual([[], [expect.stringContaining('the address messages is not used')]])
  })

  it('opens an authorisation page of its marketplace only', () => {
    for (const one of MARKETPLACES) {
      const page = (endpoints: Record<string, string>, allowed: readonly string[] = []) =>
        restrictToOwnHosts(one, allowed).onboarding?.authorisation?.pageUrl(
          { appKey: 'k', service: '7', endpoints },
          'the-state',
          'https://console.example/stores/authorised',
        )
      if (one.onboarding?.authorisation === undefined) continue
      const own = new URL(page({}) ?? '')
      expect([own.protocol, own.searchParams.get('state')]).toEqual(['https:', 'the-state'])
      expect(one.endpoints?.['authorise']?.hosts).toContain(own.hostname)
      for (const wrong of ['https://evil.com/authorize', 'javascript:alert(1)', 'http://127.0.0.1:1/'])
        expect(page({ authorise: wrong })).toBeUndefined()
      expect(page({ authorise: 'http://127.0.0.1:1/a' }, ['127.0.0.1'])).toMatch(/^http:\/\/127\.0\.0\.1:1\/a\?/)
    }
  })

  it('has every method guarded: the canary', () => {
    const guarded = new Set([
      'pull',
      'read',
      'requestCase',
      'refresh',
      'authorise',
      'perform',
      'rejectReasons',
      'returnAddresses',
      'listen',
      'subscribe',
    ])
    const methods = MARKETPLACES.flatMap(({ outbound }) => Object.entries(outbound)).filter(
      ([, call]) => typeof call === 'function',
    )
    expect(methods.filter(([name]) => !guarded.has(name))).toEqual([])
    for (const one of MARKETPLACES)
      for (const name of Object.keys(one.outbound) as (keyof typeof one.outbound)[])
        expect([name, restrictToOwnHosts(one, []).outbound[name] === one.outbound[name]]).toEqual([
          name,
          name === 'pulling',
        ])
  })
})
