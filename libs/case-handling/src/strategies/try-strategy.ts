import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { PolicyName } from '#after-sale'
import { checkStrategy } from '#after-sale'
import type { Author, StrategyVersionRow, TrialWrite } from '#ledgers'
import { RENEW_TRIAL_MS, beginTrial, endTrial, keepTrialsAlive, logOperator, versionsOf } from '#ledgers'
import { backtestInThreads } from '../backtest/backtest-threads'
import type { Clock, Journal } from '../ports'
import { mayManageAt } from './accounts'
import type { StrategiesInForce } from './in-force'
import type { StrategyAnswer } from './keep-strategies'

/** Test a version on recorded cases. Returns the trial's number at once; its report follows when it is done. */
export class TryStrategy extends Command<StrategyAnswer<{ trial: number }>> {
  constructor(
    readonly author: Author,
    readonly wish: TrialWrite,
  ) {
    super()
  }
}

/**
 * A trial reads and judges, without any effect. The version is tested alone, by the current terms of each store, in a
 * separate thread. One at a time: a long one must not starve case handling. Running and waiting trials send a heartbeat
 * every few seconds; without one they count as broken off.
 */
@CommandHandler(TryStrategy)
export class TryStrategyHandler implements ICommandHandler<TryStrategy> {
  private running: Promise<void> = Promise.resolve()
  private readonly stopping = new AbortController()
  private readonly ours = new Set<number>()
  private saying: NodeJS.Timeout | undefined

  constructor(
    private readonly database: DataSource,
    private readonly strategies: StrategiesInForce,
    private readonly databaseUrl: string,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  async execute({ author, wish }: TryStrategy): Promise<StrategyAnswer<{ trial: number }>> {
    const version = (await versionsOf(this.database, author.org, wish.strategy)).find(
      (one) => one.version === wish.version,
    )
    if (version === undefined) return { type: 'refused', reason: 'NoSuchStrategy' }
    const problems = checkStrategy(version.policy as PolicyName, version.settings)
    if (problems.length > 0) return { type: 'refused', reason: 'NotUsable', problems }
    const trial = await this.database.transaction(async (manager) => {
      if (!(await mayManageAt(manager, author, wish.stores))) return undefined
      const begun = await beginTrial(manager, author, wish)
      await logOperator(manager, author, 'trial.start', begun)
      return begun
    })
    if (trial === undefined) return { type: 'refused', reason: 'NotGrantedHere' }
    this.sayAlive(trial)
    this.running = this.running.then(() => this.try(trial, author.org, wish, version))
    return { type: 'kept', trial }
  }

  /** Aborts the running trial, which is recorded as failed, and waits for it. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('stopping'))
    await this.running
  }

  private async try(trial: number, org: number, wish: TrialWrite, version: StrategyVersionRow): Promise<void> {
    try {
      const report = await this.report(org, wish, version)
      await endTrial(this.database, trial, { report }, this.clock())
    } catch (error) {
      const reason = this.stopping.signal.aborted ? 'stopped' : 'trouble'
      if (reason === 'trouble') this.journal.trouble('a trial failed', error)
      await endTrial(this.database, trial, { reason }, this.clock()).catch(() => undefined)
    } finally {
      this.ours.delete(trial)
      if (this.ours.size === 0) clearInterval(this.saying)
    }
  }

  /** A failed heartbeat is sent again; meanwhile the last one still counts. */
  private sayAlive(trial: number): void {
    if (this.ours.size === 0)
      this.saying = setInterval(
        () => void keepTrialsAlive(this.database, [...this.ours]).catch(() => undefined),
        RENEW_TRIAL_MS,
      ).unref()
    this.ours.add(trial)
  }

  private async report(
    org: number,
    { stores, from, to }: TrialWrite,
    { strategy, version, policy, settings }: StrategyVersionRow,
  ): Promise<unknown> {
    this.stopping.signal.throwIfAborted()
    const inForce = await this.strategies.current(this.database)
    const tried = {
      reference: { id: String(strategy), version },
      policy: policy as PolicyName,
      settings,
      mode: 'live',
    } as const
    const terms = Object.fromEntries(stores.map((store) => [String(store), inForce.termsOf(store)]))
    const order = {
      org,
      from,
      to,
      armed: [tried],
      stores: stores.map(String),
      terms,
      otherwise: inForce.termsOf(-1),
      now: this.clock(),
    }
    return backtestInThreads(this.databaseUrl, order, { threads: 1, signal: this.stopping.signal })
  }
}
