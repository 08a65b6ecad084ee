import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Answer, InboundMessage, CallContext } from '#connectors'
import { connectorOf } from '#connectors'
import type { ClaimedRead, ReadFailure } from '#event-store'
import { completeReads, claimReads, failpoint, recordPullError, postponeRead, releaseRead } from '#event-store'
import type { Intake } from '../receiving/intake'
import { failureOfReport, failureOfAnswer } from './reading-failure'
import type { Clock, Journal, LineUp, StoreRecord } from '../ports'
import { isSuspended } from '../suspension'
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

/** After this another worker reads the cases that a dead worker had claimed. */
const CLAIM_MS = 60_000
/** Calls at once for one store; the rate limiter may admit fewer. */
const MAX_CONCURRENT = 16
const LONGEST_WAIT_MS = 600_000
/** A marketplace that names a shorter delay is not called again at once. */
const SHORTEST_WAIT_MS = 250
/** By then every process knows that the store is suspended, and leaves its requests alone until it is resumed. */
const SUSPENDED_RETRY_MS = 5_000

/**
 * A marketplace's answer is a message like any other: the intake stores it, and it is interpreted later. A request with
 * no answer or an unintelligible one is retried with growing delays; the reason is kept until the marketplace has shown
 * the case.
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
    const readUntilEmpty = async (): Promise<void> => {
      for (let reading = queue.shift(); reading !== undefined; reading = queue.shift())
        await this.readOne(store, reading, ctx)
    }
    await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, readings.length) }, readUntilEmpty))
    return readings.length
  }

  private async readOne(store: StoreRecord, reading: ClaimedRead, ctx: CallContext): Promise<void> {
    const connector = connectorOf(store.marketplace, this.lineUp)
    if (connector === undefined) return
    const reference = {
      caseNumber: reading.case_number,
      ...(reading.order_number === null ? {} : { orderNumber: reading.order_number }),
    }
    const { outbound } = connector
    const answer = await this.sessions.withSession<InboundMessage | undefined>(
      store,
      connector,
      ctx,
      async (session) =>
        outbound.requestCase === undefined
          ? outbound.read(reference, session, ctx)
          : withoutValue(await outbound.requestCase({ ...reference, case: reading.stream }, session, ctx)),
    )
    if (answer.type === 'ok') {
      failpoint('read.answered')
      if (answer.value !== undefined) await this.intake.storeMessages(store.app, [answer.value], store)
      failpoint('read.durable')
      const failure = answer.value && failureOfReport(answer.value, connector, reference.caseNumber, this.clock())
      if (failure === undefined) await completeReads(this.database, [reading], this.clock())
      else await this.postpone(reading, failure)
      return
    }
    if (isSuspended(answer)) return releaseRead(this.database, reading.stream, this.clock() + SUSPENDED_RETRY_MS)
    await this.postpone(reading, failureOfAnswer(answer), answer.type === 'try-later' ? answer.afterMs : undefined)
    if (answer.type === 'refused' || answer.type === 'reauthorise') {
      await recordPullError(this.database, store.id, `${answer.code} ${answer.text}`.slice(0, 200))
      this.journal.info('a marketplace refused to show a case', { store: store.id, code: answer.code })
    }
  }

  /** Delays double from one second to ten minutes; a marketplace may name another delay, within limits. */
  private async postpone(reading: ClaimedRead, failure: ReadFailure, afterMs?: number): Promise<void> {
    const growingDelay = 1_000 * 2 ** Math.min(reading.attempts, 10)
    const delay = Math.min(LONGEST_WAIT_MS, afterMs === undefined ? growingDelay : Math.max(afterMs, SHORTEST_WAIT_MS))
    const now = this.clock()
    await postponeRead(this.database, reading.stream, now + delay, failure, now)
  }
}

/** The adapter's answer arrives as a push. If it does not, the next timer of the case requests the reading again. */
const withoutValue = (answer: Answer<void>): Answer<undefined> =>
  answer.type === 'ok' ? { type: 'ok', value: undefined } : answer
