import { CLIENT } from '../../test/oidc-provider'
import { OidcBrowser } from '../../test/oidc-browser'
import { MEI, OidcFixture, outcomeOf } from '../../test/oidc-fixture'
import type { Response } from '../../test/operator-requests'
import { PASSWORD } from '../../test/signed-in'

let oidc: OidcFixture
const logIn: OidcFixture['logIn'] = (...words) => oidc.logIn(...words)
const linked: OidcFixture['linked'] = (...words) => oidc.linked(...words)
const save: OidcFixture['save'] = (changes) => oidc.save(changes)
beforeAll(async () => {
  oidc = await OidcFixture.open()
})
afterEach(() => oidc.settle())
afterAll(() => oidc.close())

const settings = () => oidc.settings()
const proof = async (browser: OidcBrowser) => oidc.provider.visit(await browser.begin({}, '/api/session/proof/oidc'))
const browserOf: OidcFixture['browserOf'] = (login) => oidc.browserOf(login)

describe('an account of the provider', () => {
  it('belongs to one person, and a person has one', async () => {
    await linked('mei', MEI)
    const other = await browserOf('other')
    await oidc.provider.tell({ account: MEI })
    const returned = await oidc.provider.visit(await other.begin({}, '/api/account/oidc'))
    expect(outcomeOf(await other.complete(returned))).toBe('409 oidc-already-linked')
    const mei = await browserOf('mei')
    await oidc.provider.tell({ account: { sub: 'a-second-subject' } })
    const second = await oidc.provider.visit(await mei.begin({}, '/api/account/oidc'))
    expect(outcomeOf(await mei.complete(second))).toBe('409 oidc-already-linked')
  })

  it('is linked by the session that began only, and not by a log-in of another person in between', async () => {
    const browser = await browserOf('begins-linking')
    await oidc.provider.tell({ account: { sub: 'to-be-linked' } })
    const returned = await oidc.provider.visit(await browser.begin({}, '/api/account/oidc'))
    await browser.send('DELETE', '/api/session')
    expect(outcomeOf(await browser.complete(returned))).toBe('409 oidc-start-again')
  })

  it('opens an invitation: the person needs no password, and proves again at the provider', async () => {
    const invited = await oidc.stack.operator.post('/api/people/invitations', { role: 'finance', stores: null })
    const token = String(invited.body['path']).split('#')[1] ?? ''
    const browser = new OidcBrowser(oidc.stack)
    await oidc.provider.tell({ account: { sub: 'subject-of-fan' } })
    const view = await browser.send('POST', '/api/links/view', { token })
    expect(view.body).toMatchObject({ purpose: 'invite', oidc: 'possible' })
    const names = { token, login: 'fan', displayName: 'Fan' }
    const flawed = await browser.send('POST', '/api/session/oidc', { ...names, login: 'mei' })
    expect(flawed.body['errors']).toMatchObject([{ pointer: '#/login', code: 'login-taken' }])
    const returned = await oidc.provider.visit(await browser.begin(names))
    expect(outcomeOf(await browser.complete(returned))).toBe('200 signed-in')
    expect((await browser.send('GET', '/api/session')).body['me']).toMatchObject({ login: 'fan', role: 'finance' })
    expect(outcomeOf(await browser.send('POST', '/api/links/open', { ...names, password: PASSWORD }))).toBe(
      '404 link-not-usable',
    )

    // An empty password proves nothing here, as it does for the owner of the demonstration.
    expect(outcomeOf(await browser.send('POST', '/api/session/proof', { password: '' }))).toBe('403 proof-refused')
    const prove = async (): Promise<Response> => browser.complete(await proof(browser))
    expect(outcomeOf(await browser.send('POST', '/api/account/oidc', {}))).toBe('403 reauthentication-required')
    await oidc.provider.tell({ tamper: 'old-proof' })
    expect(outcomeOf(await prove())).toBe('403 oidc-not-fresh')
    await oidc.provider.tell({ tamper: null, account: MEI })
    expect(outcomeOf(await prove())).toBe('403 oidc-other-person')
    await oidc.provider.tell({ account: { sub: 'subject-of-fan' } })
    expect(outcomeOf(await prove())).toBe('200 proven')
    expect(outcomeOf(await browser.send('DELETE', '/api/account/oidc'))).toBe('409 oidc-no-other-log-in')
  })

  it('of one organisation opens no other of the person, and changes none of its proofs', async () => {
    await linked('of-two', { sub: 'subject-of-both' })
    await oidc.stack.database.query(
      `INSERT INTO membership (org, person, role, granted_at) SELECT $1, id, 'owner', 1 FROM person WHERE login = 'of-two'`,
      [oidc.stack.theirs.org],
    )
    const browser = new OidcBrowser(oidc.stack)
    await logIn({ sub: 'subject-of-both' }, browser)
    expect((await browser.send('POST', '/api/session/organisation', { organisation: 'theirs' })).status).toBe(404)
    const next = { current: PASSWORD, next: `another ${PASSWORD}` }
    expect(outcomeOf(await browser.send('POST', '/api/account/password', next))).toBe('409 works-elsewhere')
    // The provider did not ask for this log-in.
    expect(outcomeOf(await browser.complete(await proof(browser)))).toBe('200 proven')
    expect(outcomeOf(await browser.send('POST', '/api/account/second-factor', {}))).toBe('409 works-elsewhere')
  })

  it('is unlinked by the person, and logs no person in from then on', async () => {
    const browser = await linked('unlinks', { sub: 'to-be-unlinked' })
    expect((await browser.send('GET', '/api/account/oidc')).body).toEqual({
      ...{ available: true, linked: true, required: false },
    })
    expect((await browser.send('DELETE', '/api/account/oidc')).status).toBe(200)
    expect(outcomeOf(await logIn({ sub: 'to-be-unlinked' }))).toBe('403 oidc-not-linked')
  })
})

describe('an organisation that requires its provider', () => {
  const byPassword = (login: string): Promise<Response> =>
    new OidcBrowser(oidc.stack).send('POST', '/api/session', { login, password: PASSWORD })
  afterAll(() => save())

  it('needs an owner with a password first', async () => {
    await oidc.stack.database.query(
      `UPDATE person SET password_hash = NULL FROM membership m WHERE m.person = id AND m.role = 'owner' AND m.org = $1`,
      [oidc.stack.ours.org],
    )
    expect(outcomeOf(await save({ required: true }))).toBe('409 oidc-owner-without-password')
    await oidc.stack.database.query(`UPDATE person SET password_hash = 'x' WHERE login = 'lin'`)
  })

  it('ends the other sessions of its members at once, and no owner’s', async () => {
    const member = await browserOf('member')
    await linked('member', { sub: 'subject-of-member' })
    expect((await member.send('GET', '/api/account')).status).toBe(200)
    expect((await save({ required: true })).status).toBe(200)
    expect((await member.send('GET', '/api/account')).status).toBe(401)
    expect((await oidc.stack.operator.get('/api/account')).status).toBe(200)
  })

  it('answers a right password of a member with its log-in link, and a wrong one as always', async () => {
    const { status, body } = await byPassword('member')
    expect([status, body['code'], body['organisation']]).toEqual([403, 'oidc-wanted', oidc.organisation])
    const wrong = await new OidcBrowser(oidc.stack).send('POST', '/api/session', { login: 'member', password: 'wrong' })
    expect(outcomeOf(wrong)).toBe('401 sign-in-refused')
    expect(outcomeOf(await logIn({ sub: 'subject-of-member' }))).toBe('200 signed-in')
  })

  it('lets no person in by a link with a password, and the link stays', async () => {
    const invited = await oidc.stack.operator.post('/api/people/invitations', { role: 'finance', stores: null })
    const token = String(invited.body['path']).split('#')[1] ?? ''
    const browser = new OidcBrowser(oidc.stack)
    const answers = { token, login: 'sneaks', displayName: 'Sneaks', password: PASSWORD }
    expect(outcomeOf(await browser.send('POST', '/api/links/open', answers))).toBe('403 oidc-wanted')
    expect((await browser.send('POST', '/api/links/view', { token })).body['oidc']).toBe('required')
  })

  it('keeps its last owner with a password', async () => {
    const me = (await oidc.stack.operator.get('/api/session')).body['me'] as { id: string }
    const rights = { role: 'finance', stores: null }
    const answer = await oidc.stack.operator.put(`/api/people/${me.id}/rights`, rights)
    expect(outcomeOf(answer)).toBe('409 last-owner')
  })
})

describe('a provider that is set up', () => {
  it('has its secret sealed, and answered nowhere', async () => {
    expect(JSON.stringify((await oidc.stack.operator.get('/api/oidc')).body)).not.toContain(CLIENT.clientSecret)
    const rows = await oidc.stack.database.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM oidc_provider WHERE position($1::bytea IN client_secret) > 0`,
      [Buffer.from(CLIENT.clientSecret)],
    )
    expect(rows).toEqual([{ n: 0 }])
  })

  it('keeps its secret for the same issuer and client only', async () => {
    const { clientSecret: _kept, ...others } = settings()
    const put = (body: object) => oidc.stack.operator.put('/api/oidc', body)
    expect((await put(others)).status).toBe(200)
    expect(outcomeOf(await logIn(MEI))).toBe('200 signed-in')
    expect(outcomeOf(await put({ ...others, clientId: 'another' }))).toBe('409 oidc-secret-missing')
  })

  it.each([
    ['https://127.0.0.2', '400 oidc-address-not-allowed'],
    ['https://10.0.0.1/realms/shop', '400 oidc-address-not-allowed'],
    ['https://[::1]', '400 oidc-address-not-allowed'],
    ['https://localhost', '400 oidc-address-not-allowed'],
    ['https://169.254.169.254', '400 oidc-address-not-allowed'],
    ['http://issuer.example', '400 oidc-address-not-allowed'],
    ['http://127.0.0.1:1', '409 oidc-unreachable'],
  ])('is not at %s', async (issuer, outcome) => {
    expect(outcomeOf(await save({ issuer }))).toBe(outcome)
  })

  it('is known by the issuer as it writes it itself', async () => {
    expect((await save({ issuer: `${oidc.provider.issuer}/` })).status).toBe(200)
    expect(((await oidc.stack.operator.get('/api/oidc')).body['settings'] as { issuer: string }).issuer).toBe(
      oidc.provider.issuer,
    )
    expect(outcomeOf(await save({ issuer: `${oidc.provider.issuer}/other` }))).toBe('409 oidc-unreachable')
  })

  it.each([
    [{ clientSecret: 'not the secret of this client' }, false],
    [{ clientSecret: 'not the secret of this client' }, true],
    [{ clientId: 'another' }, false],
    [{ clientId: 'another' }, true],
  ])(
    'is not stored with a client that it refuses: %j, with a challenge in the header: %s',
    async (changes, challenge) => {
      await oidc.provider.tell({ challenge })
      const before = (await oidc.stack.operator.get('/api/oidc')).body['settings']
      expect(outcomeOf(await save(changes))).toBe('409 oidc-client-refused')
      expect((await oidc.stack.operator.get('/api/oidc')).body['settings']).toEqual(before)
    },
  )

  it('names the colleagues who could not log in any more if it were required', async () => {
    const notLinked = async () =>
      ((await oidc.stack.operator.get('/api/oidc')).body['notLinked'] as { login: string }[]).map(({ login }) => login)
    await oidc.stack.signedIn.headers({ login: 'not-yet', role: 'finance' })
    expect(await notLinked()).toContain('not-yet')
    // Owners may use their passwords.
    expect(await notLinked()).not.toContain('lin')
    await linked('not-yet', { sub: 'subject-of-not-yet' })
    expect(await notLinked()).not.toContain('not-yet')
  })

  it('is changed by owners only, with a recent proof', async () => {
    const member = new OidcBrowser(
      oidc.stack,
      (await oidc.stack.signedIn.headers({ login: 'auditor', role: 'auditor' })).cookie,
    )
    expect((await member.send('GET', '/api/oidc')).status).toBe(200)
    expect(outcomeOf(await member.send('PUT', '/api/oidc', settings()))).toBe('403 forbidden')
    expect(outcomeOf(await member.send('DELETE', '/api/oidc'))).toBe('403 forbidden')
  })

  it('that is down is named, and owners get in by their passwords', async () => {
    const browser = new OidcBrowser(oidc.stack)
    await oidc.provider.tell({ account: MEI })
    const returned = await oidc.provider.visit(await browser.begin({ organisation: oidc.organisation }))
    await oidc.provider.close()
    expect(outcomeOf(await browser.complete(returned))).toBe('409 oidc-unreachable')
    expect(outcomeOf(await browser.send('POST', '/api/session/oidc', { organisation: oidc.organisation }))).toBe(
      '409 oidc-unreachable',
    )
    expect((await oidc.stack.operator.send('DELETE' as 'POST', '/api/oidc')).status).toBe(200)
    expect(outcomeOf(await browser.send('POST', '/api/session/oidc', { organisation: oidc.organisation }))).toBe(
      '404 oidc-unknown',
    )
  })
})
