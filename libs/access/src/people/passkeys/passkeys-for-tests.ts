/** A person with devices, for the specs of this folder: the calls of the page, one after the other. */
import type { Forgery } from '../../../../../test/support/software-authenticator'
import { SoftwareAuthenticator } from '../../../../../test/support/software-authenticator'
import { auditOf } from '../../audit/audit'
import type { PersonActor } from '../actor'
import { fromBase32, ORIGIN, PASSWORD, type TestPeople, testPeople } from '../people-for-tests'
import { codeAt, stepAt } from '../second-factor/totp'
import type { PasskeyAssertion } from './passkeys'

export const AT = { id: 'after-sale.example.com', origin: 'https://after-sale.example.com' }

/** Answers that no device gives to our page. */
export const HOSTILE: readonly (readonly [string, Forgery])[] = [
  ['of another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
  ['of another page', { origin: 'https://after-sale.example.com.evil.example' }],
  ['of another port of the host', { origin: 'https://after-sale.example.com:8443' }],
  ['for another host', { rpId: 'evil.example' }],
  ['of a page in a frame of another one', { crossOrigin: true }],
  ['without user verification', { verified: false }],
  ['without user presence', { present: false }],
]

export class PasskeyScene {
  readonly device = new SoftwareAuthenticator(AT.origin)

  private constructor(
    private readonly database: Parameters<typeof testPeople>[0],
    readonly people: TestPeople,
    readonly org: number,
    readonly owner: PersonActor,
  ) {}

  static async open(...[database, console]: Parameters<typeof testPeople>): Promise<PasskeyScene> {
    const people = testPeople(database, console)
    const { org } = await people.organisation('one')
    return new PasskeyScene(database, people, org, (await people.owner()).actor)
  }

  async colleague(): Promise<PersonActor> {
    return (await this.people.join(this.owner, 'lin', 'finance')).actor
  }

  async register(actor = this.owner, by = this.device, forgery: Forgery = {}) {
    const { passkeys } = this.people.identity
    const registration = by.register(await passkeys.beginRegistration(actor, AT), forgery)
    return passkeys.register(actor, registration, { name: 'the laptop', at: AT })
  }

  /** The new passkey's id, and the recovery codes. */
  async registered(by = this.device, actor = this.owner): Promise<{ id: string; codes: readonly string[] }> {
    const result = await this.register(actor, by)
    if (result.outcome !== 'registered') throw new Error(result.outcome)
    return { id: result.id, codes: result.codes ?? [] }
  }

  /** The password was right; answers the challenge. */
  async firstStep(login = 'owner-of-one'): Promise<string> {
    const result = await this.people.identity.signIn.withPassword({ login, password: PASSWORD }, ORIGIN)
    if (result.outcome !== 'second-factor-wanted') throw new Error(result.outcome)
    return result.challenge
  }

  async signed(challenge: string, by = this.device, forgery: Forgery = {}): Promise<PasskeyAssertion> {
    const options = await this.people.identity.passkeys.beginSignIn(challenge, AT)
    if (options === undefined) throw new Error('there is no passkey')
    return by.sign(options, forgery)
  }

  async answer(challenge: string, assertion: PasskeyAssertion): Promise<string> {
    return (await this.people.identity.signIn.withPasskey(challenge, { assertion, at: AT }, ORIGIN)).outcome
  }

  async signIn(by = this.device, forgery: Forgery = {}): Promise<string> {
    const challenge = await this.firstStep()
    return this.answer(challenge, await this.signed(challenge, by, forgery))
  }

  byCode = async (code: string): Promise<string> =>
    (await this.people.identity.signIn.withSecondFactor(await this.firstStep(), code, ORIGIN)).outcome

  /** Sets an app up; answers what shows its codes. */
  async addApp(): Promise<() => string> {
    const { people, owner } = this
    const secret = fromBase32((await people.identity.ownAccount.beginTotp(owner)).secret)
    const codeNow = (): string => codeAt(secret, stepAt(people.clock.now))
    await people.identity.ownAccount.confirmTotp(owner, codeNow())
    people.clock.now += 60_000
    return codeNow
  }

  async codesLeft(): Promise<number> {
    return (await this.people.identity.ownAccount.view(this.owner)).recoveryCodesLeft
  }

  async lastEntry() {
    const [entry] = await auditOf(this.database, this.org, { limit: 1 })
    return entry && { action: entry.action, subject: entry.subject, details: entry.details }
  }
}
