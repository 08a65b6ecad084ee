import { Body, Controller, Get, HttpCode, Inject, Post, Put, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { GrantAnswer as Outcome, GrantRefusal } from '#case-handling'
import { GrantStrategies, NameMainAccount, RevokeStrategies } from '#case-handling'
import { noteChange } from '#event-store'
import type { Author } from '#ledgers'
import { StrategyGrantsQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { IDENTITY, type IdentityService } from '../core/identity'
import { Problems } from '../openapi/problems'
import { GrantList, GrantedStore, MainAccount } from './grant.answer'
import { AccountRequest, GrantRequest, GrantsQueryRequest } from './grants.request'
import { FIELD_CODES } from '../problems/problem-codes'
import { problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../core/instants'
import { Scope } from '../core/scope'
import { StrategyReaders } from '../strategies/strategy-readers'
import { Audited } from '../security/audited'
import { currentActor } from '../security/current-actor'
import { Permission, RecentProof } from '../security/permission'

const REFUSALS: Readonly<Record<GrantRefusal, Parameters<typeof problemOf>>> = {
  OnlyTheMainAccountGrants: ['main-account-only'],
  NoMainAccount: ['no-main-account'],
  AlreadyGranted: ['already-so', { detail: 'The account has this right already.' }],
  NotGranted: ['not-so', { detail: 'The account does not have this right.' }],
}

/**
 * R159–R165: strategies belong to the main account; it grants those of a store to sub-accounts and revokes the grant.
 * Revoked grants stay in the list, with who revoked them and when.
 */
@ApiTags('Grants')
@Controller('api/strategies')
export class GrantsController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    private readonly readers: StrategyReaders,
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('grants')
  @Permission('strategies.read')
  @ApiOperation({
    summary: 'List the grants',
    description: 'Which account may, or once might, work on the strategies of which store; those in force first.',
  })
  @ApiOkResponse({ type: GrantList })
  @Problems('not-understood', 'not-granted', 'no-such-store')
  async list(@Query() { store }: GrantsQueryRequest): Promise<GrantList> {
    const wanted = store === undefined ? undefined : await this.requireOwnStore(store)
    const { main, grants } = await this.questions.execute(new StrategyGrantsQuery(this.scope.org, wanted))
    const nameOf = await this.scope.storeNames()
    const mayRead = await this.readers.forStores()
    return {
      mainAccount: main ?? null,
      items: grants.filter(mayRead).map((grant) => ({
        account: grant.account,
        person: grant.person,
        store: nameOf(grant.store),
        grantedAt: iso(grant.grantedAt),
        grantedBy: grant.grantedBy,
        endedAt: isoOrNull(grant.endedAt),
        endedBy: grant.endedBy,
      })),
    }
  }

  @Put('main-account')
  @Permission('strategies.grant')
  @Audited('main-account.named', 'person:{person}')
  @RecentProof()
  @ApiOperation({
    summary: 'Name the main account',
    description: 'A person who may do with strategies what owners may.',
  })
  @ApiOkResponse({ type: MainAccount })
  @Problems('not-understood', 'no-such-person', 'main-account-only', 'reauthentication-required')
  async nameMain(@Body() { account }: AccountRequest): Promise<MainAccount> {
    await this.requirePersonId(account)
    requireDone(await this.commands.execute(new NameMainAccount(this.author(), account)))
    return { mainAccount: account }
  }

  @Post('grants')
  @Permission('strategies.grant')
  @Audited('grant.given', 'person:{person}', 'store')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Grant the strategies of a store',
    description: 'The sub-account may draft, try, arm and disarm strategies there (R160).',
  })
  @ApiOkResponse({ type: GrantedStore })
  @Problems(
    'not-understood',
    'no-such-store',
    'no-such-person',
    'main-account-only',
    'reauthentication-required',
    'no-main-account',
    'already-so',
  )
  async grant(@Body() { account, store }: GrantRequest): Promise<GrantedStore> {
    const at = await this.requireOwnStore(store)
    const holder = { account, person: await this.requirePersonId(account) }
    requireDone(await this.commands.execute(new GrantStrategies(this.author(), holder, at)))
    return { account, store }
  }

  @Post('grants/revoke')
  @Permission('strategies.grant')
  @Audited('grant.revoked', 'person:{person}', 'store')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Revoke a grant',
    description: 'At once. Strategies that the account has armed stay in force until they are disarmed.',
  })
  @ApiOkResponse({ type: GrantedStore })
  @Problems(
    'not-understood',
    'no-such-store',
    'main-account-only',
    'reauthentication-required',
    'no-main-account',
    'not-so',
  )
  async revoke(@Body() { account, store }: GrantRequest): Promise<GrantedStore> {
    const at = await this.requireOwnStore(store)
    // A grant of the time before people may name an operator who is none.
    const person = await this.findPersonId(account)
    requireDone(await this.commands.execute(new RevokeStrategies(this.author(), { account, person }, at)))
    return { account, store }
  }

  /** @throws Problem where no person of the organisation has this login */
  private async requirePersonId(login: string): Promise<string> {
    const person = await this.findPersonId(login)
    if (person !== undefined) return person
    throw problemOf('no-such-person', {
      errors: [{ pointer: '#/account', code: 'not-here', detail: FIELD_CODES['not-here'] }],
    })
  }

  private async findPersonId(login: string): Promise<string | undefined> {
    const people = await this.identity.members.list(currentActor())
    const id = people.find((one) => one.login === login && one.disabledAt === null)?.id
    noteChange({ person: id })
    return id
  }

  private author(): Author {
    return this.scope.author(this.clock())
  }

  /** Another organisation's store counts as one that does not exist. */
  private async requireOwnStore(store: string): Promise<number> {
    const [found] = await this.scope.selectStores(undefined, [String(Number(store))])
    if (found === undefined)
      throw problemOf('no-such-store', {
        errors: [{ pointer: '#/store', code: 'not-here', detail: FIELD_CODES['not-here'] }],
      })
    return found
  }
}

function requireDone(answer: Outcome): void {
  if (answer.type === 'refused') throw problemOf(...REFUSALS[answer.reason])
}
