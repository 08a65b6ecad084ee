import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { PolicyName, SettingProblem } from '#after-sale'
import { checkStoreTerms, checkStrategy, isPolicyName } from '#after-sale'
import type { Author } from '#ledgers'
import {
  arm,
  lockArmedStores,
  changeStoreTerms,
  disarm,
  draftStrategy,
  reviseStrategy,
  trialOf,
  versionsOf,
  requestRejudging,
} from '#ledgers'
import { mayDraft, mayManageAt } from './accounts'
import { changeInForce } from './change-in-force'

/** Why a change of a strategy or of terms was refused. */
export type StrategyRefusal =
  | 'NoSuchPolicy'
  | 'NoSuchStrategy'
  | 'NotUsable'
  | 'TrialMissing'
  | 'TrialOfAnotherVersion'
  | 'TrialNotDone'
  | 'TrialWithoutThisStore'
  | 'CapMissing'
  | 'ChangedMeanwhile'
  | 'NotGrantedHere'

/** The answer to a change: what was stored, or why not. `problems`: what is wrong with the given document. */
export type StrategyAnswer<T> =
  | ({ readonly type: 'kept' } & T)
  | { readonly type: 'refused'; readonly reason: StrategyRefusal; readonly problems?: readonly SettingProblem[] }

const refuseStrategy = (reason: StrategyRefusal, problems?: readonly SettingProblem[]): StrategyAnswer<never> =>
  problems === undefined ? { type: 'refused', reason } : { type: 'refused', reason, problems }

/** A new strategy: a policy with settings. It has no effect until it is armed. */
export class DraftStrategy extends Command<StrategyAnswer<{ strategy: number; version: number }>> {
  constructor(
    readonly author: Author,
    readonly policy: string,
    readonly name: string,
    readonly settings: unknown,
  ) {
    super()
  }
}

/** Other settings for a strategy: a new version. The one in force stays in force until the new one is armed. */
export class ReviseStrategy extends Command<StrategyAnswer<{ version: number }>> {
  constructor(
    readonly author: Author,
    readonly strategy: number,
    readonly settings: unknown,
  ) {
    super()
  }
}

/** Puts a version in force at some stores. Live operation needs a cap (fen a day) and a trial of this version at these stores. */
export class ArmStrategy extends Command<StrategyAnswer<{ stores: readonly number[] }>> {
  constructor(
    readonly author: Author,
    readonly strategy: number,
    readonly version: number,
    readonly stores: readonly number[],
    readonly mode: 'shadow' | 'live',
    readonly cap: number | undefined,
    readonly trial: number | undefined,
  ) {
    super()
  }
}

/** Takes a strategy out of force at some stores, or at all. Once this returns, it decides nothing more there. */
export class DisarmStrategy extends Command<StrategyAnswer<{ stores: readonly number[] }>> {
  constructor(
    readonly author: Author,
    readonly strategy: number,
    readonly stores: readonly number[] | undefined,
  ) {
    super()
  }
}

/** Replaces the terms of a store. They are in force at once, also for its open cases. */
export class ChangeStoreTerms extends Command<StrategyAnswer<{ version: number }>> {
  constructor(
    readonly author: Author,
    readonly store: number,
    readonly document: unknown,
    /** The version that the change is based on; refused if there is a newer one. */
    readonly after: number,
  ) {
    super()
  }
}

@CommandHandler(DraftStrategy)
export class DraftStrategyHandler implements ICommandHandler<DraftStrategy> {
  constructor(private readonly database: DataSource) {}

  async execute({
    author,
    policy,
    name,
    settings,
  }: DraftStrategy): Promise<StrategyAnswer<{ strategy: number; version: number }>> {
    if (!isPolicyName(policy)) return refuseStrategy('NoSuchPolicy')
    const problems = checkStrategy(policy, settings)
    if (problems.length > 0) return refuseStrategy('NotUsable', problems)
    return this.database.transaction(async (manager) => {
      if (!(await mayDraft(manager, author))) return refuseStrategy('NotGrantedHere')
      return { type: 'kept', ...(await draftStrategy(manager, author, { policy, name, settings })) }
    })
  }
}

@CommandHandler(ReviseStrategy)
export class ReviseStrategyHandler implements ICommandHandler<ReviseStrategy> {
  constructor(private readonly database: DataSource) {}

  async execute({ author, strategy, settings }: ReviseStrategy): Promise<StrategyAnswer<{ version: number }>> {
    return this.database.transaction(async (manager): Promise<StrategyAnswer<{ version: number }>> => {
      const [newest] = await versionsOf(manager, author.org, strategy)
      if (newest === undefined) return refuseStrategy('NoSuchStrategy')
      if (!(await mayDraft(manager, author))) return refuseStrategy('NotGrantedHere')
      const problems = checkStrategy(newest.policy as PolicyName, settings)
      if (problems.length > 0) return refuseStrategy('NotUsable', problems)
      const version = await reviseStrategy(manager, author, strategy, settings)
      return version === undefined ? refuseStrategy('NoSuchStrategy') : { type: 'kept', version }
    })
  }
}

@CommandHandler(ArmStrategy)
export class ArmStrategyHandler implements ICommandHandler<ArmStrategy> {
  constructor(private readonly database: DataSource) {}

  /** The caller must check that the stores belong to the author's organisation. */
  async execute(command: ArmStrategy): Promise<StrategyAnswer<{ stores: readonly number[] }>> {
    const { author, strategy, version, stores, mode, cap, trial } = command
    return changeInForce(this.database, async (manager): Promise<StrategyAnswer<{ stores: readonly number[] }>> => {
      const strategyVersion = (await versionsOf(manager, author.org, strategy)).find(
        (candidate) => candidate.version === version,
      )
      if (strategyVersion === undefined) return refuseStrategy('NoSuchStrategy')
      if (!(await mayManageAt(manager, author, stores))) return refuseStrategy('NotGrantedHere')
      const problems = checkStrategy(strategyVersion.policy as PolicyName, strategyVersion.settings)
      if (problems.length > 0) return refuseStrategy('NotUsable', problems)
      const reason = mode === 'live' ? await findReasonNotLive(manager, command) : undefined
      if (reason !== undefined) return refuseStrategy(reason)
      for (const store of [...stores].sort((a, b) => a - b)) {
        await arm(manager, author, { store, strategy, version, mode, cap: cap ?? 0, trial: trial ?? null })
        await requestRejudging(manager, store, author.at)
      }
      return { type: 'kept', stores }
    })
  }
}

async function findReasonNotLive(
  manager: EntityManager,
  { author, strategy, version, stores, cap, trial: id }: ArmStrategy,
): Promise<StrategyRefusal | undefined> {
  if (cap === undefined) return 'CapMissing'
  const trial = id === undefined ? undefined : await trialOf(manager, author.org, id)
  if (trial === undefined) return 'TrialMissing'
  if (trial.strategy !== strategy || trial.version !== version) return 'TrialOfAnotherVersion'
  if (trial.state !== 'done') return 'TrialNotDone'
  return stores.every((store) => trial.stores.includes(store)) ? undefined : 'TrialWithoutThisStore'
}

@CommandHandler(DisarmStrategy)
export class DisarmStrategyHandler implements ICommandHandler<DisarmStrategy> {
  constructor(private readonly database: DataSource) {}

  async execute({ author, strategy, stores }: DisarmStrategy): Promise<StrategyAnswer<{ stores: readonly number[] }>> {
    return changeInForce(this.database, async (manager): Promise<StrategyAnswer<{ stores: readonly number[] }>> => {
      if ((await versionsOf(manager, author.org, strategy)).length === 0) return refuseStrategy('NoSuchStrategy')
      if (!(await mayManageAt(manager, author, stores ?? (await lockArmedStores(manager, author.org, strategy)))))
        return refuseStrategy('NotGrantedHere')
      return { type: 'kept', stores: await disarm(manager, author, strategy, stores) }
    })
  }
}

@CommandHandler(ChangeStoreTerms)
export class ChangeStoreTermsHandler implements ICommandHandler<ChangeStoreTerms> {
  constructor(private readonly database: DataSource) {}

  async execute({ author, store, document, after }: ChangeStoreTerms): Promise<StrategyAnswer<{ version: number }>> {
    const problems = checkStoreTerms(document)
    if (problems.length > 0) return refuseStrategy('NotUsable', problems)
    return changeInForce(this.database, async (manager): Promise<StrategyAnswer<{ version: number }>> => {
      const version = await changeStoreTerms(manager, author, store, document, after)
      if (version === undefined) return refuseStrategy('ChangedMeanwhile')
      await requestRejudging(manager, store, author.at)
      return { type: 'kept', version }
    })
  }
}
