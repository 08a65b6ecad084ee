import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Answer, InboundMessage, CallContext } from '#connectors'
import { connectorOf } from '#connectors'
import type { ClaimedRead, ReadFailure } from '#event-store'
import { completeReads, claimReads, failpoint, recordPullError, postponeRead } from '#event-store'
import type { Intake } from '../receiving/intake'
import { failureIn, failureOf } from './reading-failure'
import type { Clock, Journal, LineUp, StoreRecord } from '../ports'
import type { Sessions } from './sessions'

/** Read up to `limit` requested cases of one store from its marketplace. Returns how many were read. */
export class ReadCases extends Command<number> {
  constructor(
    readonly store: StoreRecord,
    readonly limit: number,
    readonly ctx: CallContext,
  ) {
    super()
  }
}

const CLAIM_MS = 60_000
const MAX_CONCURRENT = 16
const LONGEST_WAIT_MS = 600_000

/**
 * A marketplace's answer is a message like any other: it is stored by the same intake and understood later. A request
 * without an answer, or with an unintelligible one, is retried with growing delays; the reason is kept until the case
 * has been shown.
 */
@CommandHandler(ReadCases)
export class ReadCasesHandler implements ICommandHandler<ReadCases> {
  constructor(
    private readonly database: DataSource,
    private readonly lineUp: LineUp,
    private readonly sessions: Sessions,
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  async execute({ store, limit, ctx }: ReadCases): Promise<number> {
    const readings = await claimReads(this.database, store.id, limit, this.clock(), CLAIM_MS)
    const queue = [...readings]
    const lane = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await this.readOne(store, next, ctx)
    }
    await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, readings.length) }, lane))
    return readings.length
  }

  private async readOne(store: StoreRecord, reading: ClaimedRead, ctx: CallContext): Promise<void> {
    const connector = connectorOf(store.marketplace, this.lineUp)
    if (connector === undefined) return
    const ref = {
      caseNumber: reading.case_number,
      ...(reading.order_number === null ? {} : { orderNumber: reading.order_number }),
    }
    const { outbound } = connector
    const answer = await this.sessions.withSession<InboundMessage | undefined>(
      store,
      connector,
      ctx,
      async (session) =>
        outbound.ask === undefined
          ? outbound.read(ref, session, ctx)
          : withoutValue(await outbound.ask({ ...ref, case: reading.stream }, session, ctx)),
    )
    if (answer.type === 'ok') {
      failpoint('read.answered')
      if (answer.value !== undefined) await this.intake.take(store.app, [answer.value], store)
      failpoint('read.durable')
      const failure = answer.value && failureIn(answer.value, connector, ref.caseNumber, this.clock())
      if (failure === undefined) await completeReads(this.database, [reading], this.clock())
      else await this.postpone(reading, failure)
      return
    }
    await this.postpone(reading, failureOf(answer), answer.type === 'try-later' ? answer.afterMs : undefined)
    if (answer.type === 'refused' || answer.type === 'reauthorise') {
      await recordPullError(this.database, store.id, `${answer.code} ${answer.text}`.slice(0, 200))
      this.journal.info('a marketplace refused to show a case', { store: store.id, code: answer.code })
    }
  }

  /** Growing delays, at most ten minutes, whatever the marketplace says. */
  private async postpone(reading: ClaimedRead, failure: ReadFailure, afterMs?: number): Promise<void> {
    const wait = 1_000 * 2 ** Math.min(reading.attempts, 10)
    const after = Math.min(LONGEST_WAIT_MS, afterMs === undefined ? wait : Math.max(afterMs, 250))
    const now = this.clock()
    await postponeRead(this.database, reading.stream, now + after, failure, now)
  }
}

/** The answer is pushed later; if it is not, the next timer of the case asks again. */
const withoutValue = (answer: Answer<void>): Answer<undefined> =>
  answer.type === 'ok' ? { type: 'ok', value: undefined } : answer
