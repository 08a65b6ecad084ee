import { parseRegistration } from './registration'

const document = (endpoints: object, marketplace = 'pinduoduo'): string =>
  JSON.stringify({
    slug: 'demo',
    name: 'Demo',
    apps: [
      {
        ...{ marketplace, appKey: 'key', appSecret: 'canary-secret', endpoints },
        stores: [{ shop: '1', name: '店', accessToken: 'canary-token', refreshToken: 'r' }],
      },
    ],
  })
function troubleOf(endpoints: object, insecureHosts: string[] = [], marketplace = 'pinduoduo'): string {
  try {
    parseRegistration(document(endpoints, marketplace), insecureHosts)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('the registration of an organisation (fault B8)', () => {
  it('is taken with its marketplaces’ own addresses, and with none', () => {
    for (const endpoints of [
      {},
      { api: 'https://gw-api.pinduoduo.com/api/router', messages: 'wss://message-api.pinduoduo.com' },
      { api: 'https://opengw-api.yangkeduo.com' },
    ])
      expect(troubleOf(endpoints)).toBe('')
  })

  it.each<[object, string[]]>([
    [{ api: 'http://gw-api.pinduoduo.com' }, ['apps.0.endpoints.api: must begin with https:// and be at gw-api.']],
    [{ messages: 'ws://message-api.pinduoduo.com' }, ['apps.0.endpoints.messages: must begin with wss://']],
    [
      { api: 'https://canary.evil.com', messages: 'http://canary.evil.com' },
      ['apps.0.endpoints.api', 'apps.0.endpoints.messages'],
    ],
    [{ token: 'https://gw-api.pinduoduo.com' }, ['apps.0.endpoints.token: this marketplace has no such address']],
    [{ 'canary\n': 'x' }, ['apps.0.endpoints.?: this marketplace']],
    [{ api: 'http://127.0.0.1:8091' }, ['apps.0.endpoints.api', 'INSECURE_HOSTS']],
    [{ api: 7 }, ['apps.0.endpoints']],
    [{ api: ['https://gw-api.pinduoduo.com'] }, ['apps.0.endpoints']],
    [{ api: null }, ['apps.0.endpoints']],
  ])('is refused by the name of what is wrong, and no value: %j', (endpoints, names) => {
    const trouble = troubleOf(endpoints)
    for (const name of names) expect(trouble).toContain(name)
    expect(trouble).not.toContain('canary')
  })

  it('may be simulated where a setting says so, and only there', () => {
    const simulated = { api: 'http://127.0.0.1:8091' }
    expect(troubleOf(simulated, ['127.0.0.1'], 'douyin')).toBe('')
    expect(troubleOf(simulated, ['simulator'], 'douyin')).toContain('apps.0.endpoints.api')
  })
})

describe('a registration with a letter that PostgreSQL cannot store (fault A6)', () => {
  const sound = JSON.parse(document({})) as { name: string; apps: [{ appKey: string; stores: [{ name: string }] }] }
  const places: Readonly<Record<string, (bad: string) => void>> = {
    name: (bad) => void (sound.name = bad),
    'apps.0.appKey': (bad) => void (sound.apps[0].appKey = bad),
    'apps.0.stores.0.name': (bad) => void (sound.apps[0].stores[0].name = bad),
  }

  it.each(Object.keys(places))('is refused by the name of the field: %s', (place) => {
    for (const bad of ['canary\0', '\ud800canary', 'canary\udc00']) {
      places[place]?.(bad)
      expect(() => parseRegistration(JSON.stringify(sound))).toThrow(
        `${place}: must not have NUL or half a surrogate pair`,
      )
      places[place]?.('售后 \u{1f98a}')
      expect(parseRegistration(JSON.stringify(sound))).toMatchObject({ slug: 'demo' })
    }
  })
})
