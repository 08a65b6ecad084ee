import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { GrantResult } from '#after-sale'
import { grantStrategies, revokeStrategies } from '#after-sale'
import type { Author, GrantHolder } from '#ledgers'
import { endGrant, logOperator, mainAccountOf, nameMainAccount, insertGrant } from '#ledgers'
import { loadAccount, loadSubAccount } from './accounts'

/** Why a grant or a revocation was refused. */
export type GrantRefusal = Extract<GrantResult, { type: 'refused' }>['reason'] | 'NoMainAccount'

export type GrantAnswer = { readonly type: 'kept' } | { readonly type: 'refused'; readonly reason: GrantRefusal }

/** Names the main account: open to owners; without log-in to every account while there is none, then to the main account. */
export class NameMainAccount extends Command<GrantAnswer> {
  constructor(
    readonly author: Author,
    readonly account: string,
  ) {
    super()
  }
}

/**
 * Lets a sub-account edit a store's strategies (R160). The caller checks that the store belongs to the organisation.
 */
export class GrantStrategies extends Command<GrantAnswer> {
  constructor(
    readonly author: Author,
    readonly holder: GrantHolder,
    readonly store: number,
  ) {
    super()
  }
}

/** Ends such a grant. Once this returns, the account can no longer change the store's strategies. */
export class RevokeStrategies extends Command<GrantAnswer> {
  constructor(
    readonly author: Author,
    readonly holder: GrantHolder,
    readonly store: number,
  ) {
    super()
  }
}

const grantKept: GrantAnswer = { type: 'kept' }
const refuseGrant = (reason: GrantRefusal): GrantAnswer => ({ type: 'refused', reason })

@CommandHandler(NameMainAccount)
export class NameMainAccountHandler implements ICommandHandler<NameMainAccount> {
  constructor(private readonly database: DataSource) {}

  execute({ author, account }: NameMainAccount): Promise<GrantAnswer> {
    return this.database.transaction(async (manager) => {
      if (!(await nameMainAccount(manager, author, account))) return refuseGrant('OnlyTheMainAccountGrants')
      await logOperator(manager, author, 'main-account.name', account)
      return grantKept
    })
  }
}

@CommandHandler(GrantStrategies)
export class GrantStrategiesHandler implements ICommandHandler<GrantStrategies> {
  constructor(private readonly database: DataSource) {}

  execute({ author, holder, store }: GrantStrategies): Promise<GrantAnswer> {
    return this.database.transaction(async (manager) => {
      const mainAccount = await mainAccountOf(manager, author.org)
      if (mainAccount === undefined && author.isOwner !== true) return refuseGrant('NoMainAccount')
      const answer = grantStrategies(
        await loadAccount(manager, author),
        await loadSubAccount(manager, author.org, holder),
        String(store),
        author.at,
      )
      if (answer.type === 'refused') return answer
      // The main account has every right already.
      if (holder.account === mainAccount) return refuseGrant('AlreadyGranted')
      return (await insertGrant(manager, author, holder, store)) ? grantKept : refuseGrant('AlreadyGranted')
    })
  }
}

@CommandHandler(RevokeStrategies)
export class RevokeStrategiesHandler implements ICommandHandler<RevokeStrategies> {
  constructor(private readonly database: DataSource) {}

  execute({ author, holder, store }: RevokeStrategies): Promise<GrantAnswer> {
    return this.database.transaction(async (manager) => {
      const answer = revokeStrategies(
        await loadAccount(manager, author),
        await loadSubAccount(manager, author.org, holder),
        String(store),
        author.at,
      )
      if (answer.type === 'refused') return answer
      return (await endGrant(manager, author, holder.account, store)) ? grantKept : refuseGrant('NotGranted')
    })
  }
}
