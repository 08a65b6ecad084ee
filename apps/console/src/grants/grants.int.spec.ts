import { HOUR, NOON, openStack, type Stack } from '../../test/stack'

const SETTINGS = { reasons: ['quality'], codes: [], matchesAllConfirmed: false }
const DRAFT = { policy: 'returnReasonIsChosen', name: '质量问题自动同意退货', settings: SETTINGS }
const SPAN = { from: new Date(NOON - HOUR).toISOString(), to: new Date(NOON + HOUR).toISOString() }

const OWNERS = ['lin', '王芳']

describe('grants of strategies (R160)', () => {
  let stack: Stack
  let [store, other, theirs] = ['', '', '']
  let strategy: string
  beforeAll(async () => {
    stack = await openStack()
    ;[store = '', other = ''] = stack.ours.stores.map(({ id }) => String(id))
    theirs = String(stack.theirs.store.id)
    strategy = String((await call('lin', 'POST', '/api/strategies', DRAFT)).body['id'])
    for (const login of ['王芳', 'li', 'zhao', 'qian', 'sun', '赵敏']) await call(login, 'GET', '/api/session')
  })
  afterAll(() => stack.close())

  const call = (by: string | undefined, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    stack.operator.send(method, url, payload, {
      operator: by === undefined ? null : { login: by, role: OWNERS.includes(by) ? 'owner' : 'after-sale-agent' },
    })
  const grant = (by: string, account: string, at = store) =>
    call(by, 'POST', '/api/strategies/grants', { account, store: at })
  const revoke = (by: string, account: string, at = store) =>
    call(by, 'POST', '/api/strategies/grants/revoke', { account, store: at })
  const shadow = (by: string, stores = [store]) =>
    call(by, 'POST', `/api/strategies/${strategy}/versions/1/arm`, { stores, mode: 'shadow' })
  const personOf = async (login: string): Promise<string> => {
    const { items } = (await call('lin', 'GET', '/api/people')).body as { items: { id: string; login: string }[] }
    return items.find((one) => one.login === login)?.id ?? ''
  }
  const everything = (by: string, stores = [store]) => [
    () => call(by, 'POST', '/api/strategies', DRAFT),
    () => call(by, 'POST', `/api/strategies/${strategy}/versions`, { settings: SETTINGS }),
    () => call(by, 'POST', `/api/strategies/${strategy}/versions/1/trials`, { stores, ...SPAN }),
    () => shadow(by, stores),
    () => call(by, 'POST', `/api/strategies/${strategy}/disarm`, { stores }),
  ]

  it('R160: owners are the main account; others need a grant, whether or not a main account is named', async () => {
    expect((await call('lin', 'GET', '/api/strategies/grants')).body).toEqual({ mainAccount: null, items: [] })
    expect((await shadow('lin')).status).toBe(200)
    expect(await shadow('li')).toMatchObject({ status: 403, body: { code: 'not-granted' } })
    expect(await grant('li', 'li')).toMatchObject({
      status: 403,
      body: { code: 'forbidden', permission: 'strategies.grant' },
    })
    expect(await call('王芳', 'PUT', '/api/strategies/main-account', { account: '王芳' })).toEqual({
      status: 200,
      body: { mainAccount: '王芳' },
    })
    expect((await call('li', 'PUT', '/api/strategies/main-account', { account: 'li' })).status).toBe(403)
  })

  it('R160: the main account may do everything; a sub-account without a grant is refused with the reason', async () => {
    for (const ask of everything('王芳')) expect((await ask()).status).toBeLessThan(300)
    for (const ask of everything('li'))
      expect(await ask()).toMatchObject({
        status: 403,
        body: { detail: 'The main account has not granted you the strategies of these stores (R160).' },
      })
    expect((await call('li', 'GET', '/api/strategies')).status).toBe(403)
  })

  it('R160: a sub-account may work at the stores that were granted to it, and at no other', async () => {
    expect(await grant('王芳', 'li')).toEqual({ status: 200, body: { account: 'li', store } })
    for (const ask of everything('li')) expect((await ask()).status).toBeLessThan(300)
    for (const ask of everything('li', [other]).slice(2)) expect((await ask()).status).toBe(403)
    expect((await shadow('li', [store, other])).status).toBe(403)
  })

  it('R160: disarming everywhere needs a grant for every store at which the strategy is in force', async () => {
    expect((await shadow('王芳', [store, other])).status).toBe(200)
    expect((await call('li', 'POST', `/api/strategies/${strategy}/disarm`, {})).status).toBe(403)
    expect((await call('li', 'POST', `/api/strategies/${strategy}/disarm`, { stores: [store] })).body).toEqual({
      stores: [store],
    })
    expect((await call('王芳', 'POST', `/api/strategies/${strategy}/disarm`, {})).body).toEqual({ stores: [other] })
  })

  it('R160: the holder of a grant can neither pass it on nor revoke it, and nothing is granted or revoked twice', async () => {
    expect((await grant('li', 'zhao')).status).toBe(403)
    expect((await revoke('li', 'li')).status).toBe(403)
    expect((await grant('王芳', 'li')).status).toBe(409)
    expect((await grant('王芳', '王芳')).status).toBe(409)
    expect((await revoke('王芳', 'zhao')).status).toBe(409)
  })

  it('R160: a revoked grant ends at once; the list keeps who granted and revoked it, and when', async () => {
    stack.now = NOON + HOUR
    expect((await revoke('王芳', 'li')).status).toBe(200)
    expect((await shadow('li')).status).toBe(403)
    stack.now = NOON + 2 * HOUR
    expect((await grant('王芳', 'li')).status).toBe(200)
    const named = {
      account: 'li',
      person: await personOf('li'),
      store: { id: store, name: 'Shop 100' },
      grantedBy: '王芳',
    }
    expect((await call('li', 'GET', `/api/strategies/grants?store=${store}`)).body).toEqual({
      mainAccount: '王芳',
      items: [
        { ...named, grantedAt: new Date(NOON + 2 * HOUR).toISOString(), endedAt: null, endedBy: null },
        {
          ...named,
          grantedAt: new Date(NOON).toISOString(),
          endedAt: new Date(NOON + HOUR).toISOString(),
          endedBy: '王芳',
        },
      ],
    })
    stack.now = NOON
  })

  it('R160: a grant ends when its person is disabled; an unknown login is granted nothing', async () => {
    expect(await grant('王芳', 'nobody')).toMatchObject({ status: 400, body: { code: 'no-such-person' } })
    await grant('王芳', 'zhao')
    expect((await shadow('zhao')).status).toBe(200)
    const zhao = await personOf('zhao')
    expect((await call('lin', 'POST', `/api/people/${zhao}/disable`, {})).status).toBe(200)
    const grants = async () =>
      (await call('lin', 'GET', '/api/strategies/grants')).body['items'] as { person: string }[]
    expect((await grants()).find(({ person }) => person === zhao)).toMatchObject({ endedBy: 'lin' })
    expect((await call('lin', 'POST', `/api/people/${zhao}/enable`, {})).status).toBe(200)
    const [{ rows } = { rows: 1 }] = await stack.database.query<{ rows: number }[]>(
      'SELECT count(*)::int AS rows FROM strategy_grant WHERE person = $1 AND ended_at IS NULL',
      [zhao],
    )
    expect(rows).toBe(0)
  })

  it('R160: a grant from before there were people is that of the person with its name, and can be revoked', async () => {
    await stack.database.query(
      `INSERT INTO strategy_grant (org, account, store, granted_at, granted_by)
       VALUES ($1, 'sun', $2, $3, '王芳'), ($1, 'long gone', $2, $3, '王芳')`,
      [stack.ours.org, store, NOON],
    )
    expect((await shadow('sun')).status).toBe(200)
    for (const account of ['sun', 'long gone']) expect((await revoke('王芳', account)).status).toBe(200)
    expect((await shadow('sun')).status).toBe(403)
  })

  it('R160: each use of a grant is in the audit', async () => {
    const used = await stack.database.query(
      `SELECT details -> 'byGrantAt' AS at FROM audit_entry
       WHERE action = 'strategy.armed' AND actor = $1 AND details -> 'byGrantAt' IS NOT NULL`,
      [`person:${await personOf('li')}`],
    )
    expect(used).toContainEqual({ at: [Number(store)] })
  })

  it('of two equal grants or revocations at once one is refused', async () => {
    const both = async (ask: () => Promise<{ status: number }>): Promise<number[]> =>
      (await Promise.all([ask(), ask()])).map(({ status }) => status).sort()
    expect(await both(() => grant('王芳', 'qian'))).toEqual([200, 409])
    expect(await both(() => revoke('王芳', 'qian'))).toEqual([200, 409])
  })

  it.each<[string, object, string]>([
    ['a store of another organisation', { account: 'li', store: 'theirs' }, '#/store'],
    ['an unknown store', { account: 'li', store: '999999999' }, '#/store'],
    ['a store that is no number', { account: 'li', store: '1 OR 1=1' }, '#/store'],
    ['no store', { account: 'li' }, '#/store'],
    ['a name that is markup', { account: '<b>', store: 'ours' }, '#/account'],
    ['a name that is too long', { account: 'x'.repeat(300), store: 'ours' }, '#/account'],
    ['an object as the name', { account: { $ne: '' }, store: 'ours' }, '#/account'],
    ['a field that the request does not have', { account: 'li', store: 'ours', org: 2 }, '#/org'],
  ])('a grant with %s is refused, with a pointer to the field', async (_, given, pointer) => {
    const payload = {
      ...given,
      ...('store' in given
        ? { store: given.store === 'theirs' ? theirs : given.store === 'ours' ? store : given.store }
        : {}),
    }
    for (const url of ['/api/strategies/grants', '/api/strategies/grants/revoke'])
      expect(await call('王芳', 'POST', url, payload)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
  })

  it('a request without log-in is refused', async () => {
    expect((await call(undefined, 'POST', '/api/strategies/grants', { account: 'li', store })).status).toBe(401)
    expect((await call(undefined, 'PUT', '/api/strategies/main-account', { account: 'li' })).status).toBe(401)
  })

  it('the main account needs no grant, and grants nothing without being an owner', async () => {
    expect((await shadow('赵敏')).status).toBe(403)
    expect((await call('王芳', 'PUT', '/api/strategies/main-account', { account: '赵敏' })).status).toBe(200)
    expect((await shadow('赵敏')).status).toBe(200)
    expect((await grant('赵敏', 'sun')).status).toBe(403)
    expect((await grant('王芳', 'sun')).status).toBe(200)
  })

  it('the operations are in /openapi.json, with their refusals', async () => {
    const { body } = await stack.get('/openapi.json')
    const paths = body['paths'] as Record<string, Record<string, { responses: object }>>
    expect(Object.keys(paths['/api/strategies/grants']?.['post']?.responses ?? {})).toEqual(
      expect.arrayContaining(['400', '403', '409']),
    )
    expect(Object.keys(paths['/api/strategies/{id}/versions/{version}/arm']?.['post']?.responses ?? {})).toContain(
      '403',
    )
    expect(paths).toHaveProperty(['/api/strategies/trials/{id}/again'])
  })
})
