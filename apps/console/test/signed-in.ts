import type { Identity, PersonActor, Role, StoreRights } from '#access'

/** A person who sends requests: a login, for tests of rights also role and stores. */
export interface Requester {
  readonly login: string
  readonly role?: Role
  readonly stores?: StoreRights
}

export const DEFAULT_LOGIN = 'lin'
export const PASSWORD = 'correct horse battery staple'
const ORIGIN = { address: '127.0.0.1', userAgent: 'spec' }

/** Logs people of one organisation in, each once: the owner by the link of the first start, others by the owner's invitation. */
export class SignedIn {
  private readonly cookies = new Map<string, Promise<string>>()
  private owner: Promise<{ readonly actor: PersonActor; readonly cookie: string }> | undefined

  constructor(
    private readonly identity: Identity,
    private readonly org: number,
    /** A login is unique in the whole installation. */
    private readonly ownersLogin = DEFAULT_LOGIN,
  ) {}

  /** The headers of a person who is logged in. */
  async headers(
    { login, role = 'owner', stores = 'all' }: Requester = { login: DEFAULT_LOGIN },
  ): Promise<{ cookie: string }> {
    if (login === DEFAULT_LOGIN) return { cookie: (await this.firstOwner()).cookie }
    const existing = this.cookies.get(login) ?? this.inviteAndLogIn({ login, role, stores })
    this.cookies.set(login, existing)
    return { cookie: await existing }
  }

  async actor(): Promise<PersonActor> {
    return (await this.firstOwner()).actor
  }

  private firstOwner(): Promise<{ readonly actor: PersonActor; readonly cookie: string }> {
    this.owner ??= this.claimOwnership()
    return this.owner
  }

  private async claimOwnership(): Promise<{ readonly actor: PersonActor; readonly cookie: string }> {
    const link = (await this.identity.links.claimLinks()).find(({ org }) => org === this.org)
    if (link === undefined) throw new Error('the organisation has an owner already')
    return this.openLink(link.token, this.ownersLogin)
  }

  private async inviteAndLogIn({ login, role, stores }: Required<Requester>): Promise<string> {
    const { actor } = await this.firstOwner()
    const link = await this.identity.members.invite(actor, { role, stores, login })
    if (link.outcome === 'refused') throw new Error(`${login} cannot be invited: ${link.reason}`)
    return (await this.openLink(link.token, login)).cookie
  }

  private async openLink(token: string, login: string): Promise<{ actor: PersonActor; cookie: string }> {
    const answers = { login, displayName: `The person ${login}`, password: PASSWORD }
    const result = await this.identity.links.open(token, answers, ORIGIN)
    if (result.outcome !== 'signed-in') throw new Error(`${login} cannot log in: ${JSON.stringify(result)}`)
    return { actor: result.session.actor, cookie: `__Host-shouhou=${result.session.token}` }
  }
}
