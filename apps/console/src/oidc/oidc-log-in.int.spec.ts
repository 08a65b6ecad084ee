import { createHash } from 'node:crypto'
import type { Tampering } from '../../test/oidc-provider'
import { OidcBrowser } from '../../test/oidc-browser'
import { MEI, OidcFixture, outcomeOf } from '../../test/oidc-fixture'

let oidc: OidcFixture
const logIn: OidcFixture['logIn'] = (...words) => oidc.logIn(...words)
const linked: OidcFixture['linked'] = (...words) => oidc.linked(...words)
const save: OidcFixture['save'] = (changes) => oidc.save(changes)
beforeAll(async () => {
  oidc = await OidcFixture.open()
})
afterEach(() => oidc.settle())
afterAll(() => oidc.close())

const auditedActions = async (): Promise<string[]> =>
  (
    await oidc.stack.database.query<{ line: string }[]>(
      `SELECT action || ' ' || coalesce(details->>'reason', details->>'by', '') AS line FROM audit_entry
       WHERE org = $1 AND (action LIKE 'oidc.%' OR details->>'by' = 'oidc') ORDER BY n`,
      [oidc.stack.ours.org],
    )
  ).map(({ line }) => line)

describe('a log-in through the organisation’s provider', () => {
  it('is that of the person who linked the account, in a session like others', async () => {
    await linked('mei', MEI)
    const browser = new OidcBrowser(oidc.stack)
    const answer = await logIn(MEI, browser)
    expect(outcomeOf(answer)).toBe('200 signed-in')
    const { body } = await browser.send('GET', '/api/session')
    expect(body['me']).toMatchObject({ login: 'mei', role: 'after-sale-agent', oidc: true })
    expect((await browser.send('DELETE', '/api/session')).status).toBe(200)
    expect((await browser.send('GET', '/api/session')).body['me']).toBeNull()
    expect(await auditedActions()).toEqual(['oidc.saved ', 'oidc.linked ', 'session.opened oidc'])
  })

  it('is no proof of who asks: the provider may not have asked', async () => {
    const browser = new OidcBrowser(oidc.stack)
    expect(outcomeOf(await logIn(MEI, browser))).toBe('200 signed-in')
    expect(outcomeOf(await browser.send('POST', '/api/account/oidc'))).toBe('403 reauthentication-required')
  })

  it('in which the provider has asked at this log-in is a proof, and an hour ago none', async () => {
    const tampered = async (tamper: Tampering): Promise<string> => {
      await oidc.provider.tell({ tamper })
      const browser = new OidcBrowser(oidc.stack)
      await logIn(MEI, browser)
      return outcomeOf(await browser.send('POST', '/api/account/oidc'))
    }
    expect(await tampered('new-proof')).toBe('200 undefined')
    expect(await tampered('old-proof')).toBe('403 reauthentication-required')
  })

  it('is not of a subject that no person linked, also where the e-mail address is a colleague’s', async () => {
    const stranger = { ...MEI, sub: 'another-subject' }
    expect(outcomeOf(await logIn(stranger))).toBe('403 oidc-not-linked')
    expect((await auditedActions()).at(-1)).toBe('sign-in.refused not-linked')
  })

  it('is refused to a person who was disabled, and works again once enabled', async () => {
    await linked('gone', { sub: 'subject-of-gone' })
    const { items } = (await oidc.stack.get('/api/people')).body as { items: { id: string; login: string }[] }
    const id = items.find(({ login }) => login === 'gone')?.id ?? ''
    await oidc.stack.operator.post(`/api/people/${id}/disable`)
    expect(outcomeOf(await logIn({ sub: 'subject-of-gone' }))).toBe('403 oidc-person-disabled')
    await oidc.stack.operator.post(`/api/people/${id}/enable`)
    expect(outcomeOf(await logIn({ sub: 'subject-of-gone' }))).toBe('200 signed-in')
  })

  it('is refused by the provider where its code is for another verifier (PKCE)', async () => {
    await oidc.provider.tell({ account: MEI })
    const browser = new OidcBrowser(oidc.stack)
    const page = new URL(await browser.begin({ organisation: oidc.organisation }))
    expect(page.searchParams.get('code_challenge_method')).toBe('S256')
    const other = createHash('sha256').update('a verifier that our browser does not have').digest('base64url')
    page.searchParams.set('code_challenge', other)
    expect(outcomeOf(await browser.complete(await oidc.provider.visit(page.href)))).toBe('409 oidc-code-refused')
  })

  it.each<[Tampering, string]>([
    ['nonce', '409 oidc-not-verified'],
    ['iss', '409 oidc-not-verified'],
    ['aud', '409 oidc-not-verified'],
    ['expired', '409 oidc-not-verified'],
    ['none', '409 oidc-not-verified'],
    ['signature', '409 oidc-not-verified'],
  ])('is refused where the token has a wrong %s', async (tamper, outcome) => {
    await oidc.provider.tell({ tamper })
    expect(outcomeOf(await logIn(MEI))).toBe(outcome)
    await oidc.provider.tell({ tamper: null })
    expect(outcomeOf(await logIn(MEI))).toBe('200 signed-in')
  })

  it('goes on after the provider has changed its keys, a second later', async () => {
    await oidc.provider.tell({ rotate: true })
    expect(outcomeOf(await logIn(MEI))).toBe('200 signed-in')
  })

  it('counts once: neither state nor code can be used again', async () => {
    await oidc.provider.tell({ account: MEI })
    const browser = new OidcBrowser(oidc.stack)
    const returned = await oidc.provider.visit(await browser.begin({ organisation: oidc.organisation }))
    expect(outcomeOf(await browser.complete(returned))).toBe('200 signed-in')
    expect(outcomeOf(await browser.complete(returned))).toBe('409 oidc-start-again')
    const again = await oidc.provider.visit(await browser.begin({ organisation: oidc.organisation }))
    const replayed = { ...returned, state: again['state'] ?? '' }
    expect(outcomeOf(await browser.complete(replayed))).toBe('409 oidc-code-refused')
  })

  it('of two at once is one', async () => {
    await oidc.provider.tell({ account: MEI })
    const browser = new OidcBrowser(oidc.stack)
    const returned = await oidc.provider.visit(await browser.begin({ organisation: oidc.organisation }))
    const both = await Promise.all([browser.complete(returned), browser.complete(returned)])
    expect(both.map(outcomeOf).sort()).toEqual(['200 signed-in', '409 oidc-start-again'])
  })

  it('belongs to the browser that began it: a link with the code of another person logs no person in', async () => {
    await oidc.provider.tell({ account: MEI })
    const attacker = new OidcBrowser(oidc.stack)
    const returned = await oidc.provider.visit(await attacker.begin({ organisation: oidc.organisation }))
    const victim = new OidcBrowser(oidc.stack)
    expect(outcomeOf(await victim.complete(returned))).toBe('409 oidc-start-again')
    await victim.begin({ organisation: oidc.organisation })
    expect(outcomeOf(await victim.complete(returned))).toBe('409 oidc-start-again')
    // Nor has the attempt been used up by it.
    expect(outcomeOf(await attacker.complete(returned))).toBe('200 signed-in')
  })

  it('of another organisation is none of this one: its provider is never given the code (mix-up)', async () => {
    await oidc.provider.tell({ account: MEI })
    const browser = new OidcBrowser(oidc.stack)
    const url = await browser.begin({ organisation: oidc.organisation })
    const { iss: _many, ...returned } = await oidc.provider.visit(url)
    expect(new URL(url).searchParams.get('redirect_uri')).toMatch(new RegExp(`/login/returned/${oidc.stack.ours.org}$`))
    const other = { ...returned, organisation: String(oidc.stack.theirs.org) }
    expect(outcomeOf(await browser.complete(other))).toBe('409 oidc-start-again')
    // The attempt is over.
    expect(outcomeOf(await browser.complete(returned))).toBe('409 oidc-start-again')
  })

  it.each([
    ['an invented state', { state: 'invented-and-long-enough' }, '409 oidc-start-again'],
    ['the issuer of another provider', { iss: 'https://issuer.example' }, '409 oidc-not-verified'],
    ['an invented code', { code: 'invented' }, '409 oidc-code-refused'],
  ])('is refused with %s', async (_name, changes, outcome) => {
    await oidc.provider.tell({ account: MEI })
    const browser = new OidcBrowser(oidc.stack)
    const returned = await oidc.provider.visit(await browser.begin({ organisation: oidc.organisation }))
    expect(outcomeOf(await browser.complete({ ...returned, ...changes }))).toBe(outcome)
  })

  it('is refused after ten minutes', async () => {
    await oidc.provider.tell({ account: MEI })
    const browser = new OidcBrowser(oidc.stack)
    const returned = await oidc.provider.visit(await browser.begin({ organisation: oidc.organisation }))
    await oidc.stack.database.query('UPDATE oidc_attempt SET expires_at = 1 WHERE used_at IS NULL')
    expect(outcomeOf(await browser.complete(returned))).toBe('409 oidc-start-again')
  })

  it('that the provider declines says so, with its code', async () => {
    await oidc.provider.tell({ decline: true })
    const { status, body } = await logIn(MEI)
    expect([status, body['code'], body['reason']]).toEqual([409, 'oidc-declined', 'access_denied'])
  })

  it('asks for the second factor of a person who has one', async () => {
    await linked('two-steps', { sub: 'subject-of-two' })
    await oidc.stack.database.query(
      `INSERT INTO totp (id, person, org, secret, created_at, confirmed_at)
       SELECT gen_random_uuid(), id, $1, '\\x00', 1, 1 FROM person WHERE login = 'two-steps'`,
      [oidc.stack.ours.org],
    )
    const { body } = await logIn({ sub: 'subject-of-two' })
    expect([body['outcome'], body['me'], typeof body['challenge']]).toEqual(['second-factor-wanted', null, 'string'])
  })

  it('is not found for a key that was guessed, like one of an organisation without a provider', async () => {
    const browser = new OidcBrowser(oidc.stack)
    const answers = await Promise.all(
      ['ours', 'theirs', 'x'.repeat(22)].map((key) => browser.send('POST', '/api/session/oidc', { organisation: key })),
    )
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers.map(outcomeOf)).toEqual(Array.from({ length: 3 }, () => '404 oidc-unknown'))
  })

  it('goes to the rules of the organisation: domain of the verified address, role by claim', async () => {
    const rules = {
      ...{ emailDomains: ['shop.example'], roleClaim: 'groups' },
      roleValues: [{ value: 'cs', role: 'after-sale-agent' }],
    }
    await save(rules)
    expect(outcomeOf(await logIn(MEI))).toBe('200 signed-in')
    expect(outcomeOf(await logIn({ ...MEI, email_verified: false }))).toBe('403 oidc-not-allowed')
    expect(outcomeOf(await logIn({ ...MEI, email: 'mei@other.example' }))).toBe('403 oidc-not-allowed')
    expect(outcomeOf(await logIn({ ...MEI, groups: ['finance'] }))).toBe('403 oidc-not-allowed')
    await save()
  })
})
