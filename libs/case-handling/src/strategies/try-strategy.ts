import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { PolicyName } from '#after-sale'
import { checkStrategy } from '#after-sale'
import type { Author, StrategyVersionRow, TrialWrite } from '#ledgers'
import { noteChange, withTenants } from '#event-store'
import { RENEW_TRIAL_MS, beginTrial, endTrial, keepTrialsAlive, logOperator, versionsOf } from '#ledgers'
import { backtestInThreads } from '../backtest/backtest-threads'
import type { Clock, Journal } from '../ports'
import { mayManageAt } from './accounts'
import type { StrategiesInForce } from './strategies-in-force'
import type { StrategyAnswer } from './strategy-commands'

/** Tests a version on recorded cases. Returns the trial's number at once; its report is stored when it is done. */
export class TryStrategy extends Command<StrategyAnswer<{ trial: number }>> {
  constructor(
    readonly author: Author,
    readonly request: TrialWrite,
  ) {
    super()
  }
}

/**
 * A trial reads and judges without any effect. The version is tested alone, with the current terms of each store, in a
 * separate thread. Only one trial runs at a time, so that long ones do not starve case handling. Running and waiting
 * trials send a heartbeat every few seconds; without it they count as broken off.
 */
@CommandHandler(TryStrategy)
export class TryStrategyHandler implements ICommandHandler<TryStrategy> {
  private running: Promise<void> = Promise.resolve()
  private readonly stopping = new AbortController()
  private readonly activeTrials = new Map<number, number>()
  private heartbeat: NodeJS.Timeout | undefined

  constructor(
    private readonly database: DataSource,
    private readonly strategies: StrategiesInForce,
    private readonly databaseUrl: string,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  async execute({ author, request }: TryStrategy): Promise<StrategyAnswer<{ trial: number }>> {
    const version = (await versionsOf(this.database, author.org, request.strategy)).find(
      (candidate) => candidate.version === request.version,
    )
    if (version === undefined) return { type: 'refused', reason: 'NoSuchStrategy' }
    const problems = checkStrategy(version.policy as PolicyName, version.settings)
    if (problems.length > 0) return { type: 'refused', reason: 'NotUsable', problems }
    const trial = await this.database.transaction(async (manager) => {
      if (!(await mayManageAt(manager, author, request.stores))) return undefined
      const trialId = await beginTrial(manager, author, request)
      await logOperator(manager, author, 'trial.start', trialId)
      noteChange({ strategy: request.strategy, trial: trialId })
      return trialId
    })
    if (trial === undefined) return { type: 'refused', reason: 'NotGrantedHere' }
    this.startHeartbeat(trial, author.org)
    this.running = this.running.then(() => this.run(trial, author.org, request, version))
    return { type: 'kept', trial }
  }

  /** Aborts the running trial, which is recorded as failed, and waits for it. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('stopping'))
    await this.running
  }

  private async run(trial: number, org: number, request: TrialWrite, version: StrategyVersionRow): Promise<void> {
    try {
      const computeReport = await this.computeReport(org, request, version)
      await endTrial(this.database, trial, { report: computeReport }, this.clock())
    } catch (error) {
      const reason = this.stopping.signal.aborted ? 'stopped' : 'trouble'
      if (reason === 'trouble') this.journal.warn('a trial failed', error)
      await endTrial(this.database, trial, { reason }, this.clock()).catch(() => undefined)
    } finally {
      this.activeTrials.delete(trial)
      if (this.activeTrials.size === 0) clearInterval(this.heartbeat)
    }
  }

  /** A heartbeat that fails is not repeated: the next one follows before the last successful one expires. */
  private startHeartbeat(trial: number, org: number): void {
    if (this.activeTrials.size === 0)
      this.heartbeat = setInterval(() => void this.beat().catch(() => undefined), RENEW_TRIAL_MS).unref()
    this.activeTrials.set(trial, org)
  }

  private beat(): Promise<unknown> {
    return withTenants(this.activeTrials.values(), () => keepTrialsAlive(this.database, [...this.activeTrials.keys()]))
  }

  private async computeReport(
    org: number,
    { stores, from, to }: TrialWrite,
    { strategy, version, policy, settings }: StrategyVersionRow,
  ): Promise<unknown> {
    this.stopping.signal.throwIfAborted()
    const inForce = await this.strategies.current(this.database)
    const strategyUnderTest = {
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
      armed: [strategyUnderTest],
      stores: stores.map(String),
      terms,
      defaultTerms: inForce.termsOf(-1),
      now: this.clock(),
    }
    return backtestInThreads(this.databaseUrl, order, { threads: 1, signal: this.stopping.signal })
  }
}
