import { Inject } from '@nestjs/common'
import type { ICommandHandler } from '@nestjs/cqrs'
import { Command, CommandHandler, QueryBus } from '@nestjs/cqrs'
import { setTimeout as pause } from 'node:timers/promises'
import { DataSource } from 'typeorm'
import type { Channel } from '#connectors'
import { connectorOf } from '#connectors'
import { requeueQuarantined } from '#event-store'
import { logOperator } from '#ledgers'
import { PendingQuery, QuarantinedQuery, SealedMessageQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { MessageText } from '../messages/message-text'
import { Scope } from '../core/scope'
import type { RunAgainOutcome } from './quarantine.answer'

/** Process a message in quarantine again. Undefined where there is no such message. */
export class RunAgain extends Command<RunAgainOutcome | undefined> {
  constructor(readonly messageId: number) {
    super()
  }
}

/** Longer than the worker needs when it is not behind; afterwards the caller is answered that it is waiting. */
const WAIT_MS = 2_000
const POLL_INTERVAL_MS = 40

/** Puts the message back into the inbox, where the worker processes it, and waits up to `WAIT_MS` for the outcome. */
@CommandHandler(RunAgain)
export class RunAgainHandler implements ICommandHandler<RunAgain> {
  constructor(
    @Inject(QueryBus) private readonly questions: QueryBus,
    @Inject(Scope) private readonly scope: Scope,
    @Inject(MessageText) private readonly texts: MessageText,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ messageId }: RunAgain): Promise<RunAgainOutcome | undefined> {
    const { org, storeLimit } = this.scope
    const author = this.scope.author(this.clock())
    if ((await this.questions.execute(new QuarantinedQuery(org, messageId, storeLimit))) === undefined) return undefined
    const requeued = await this.database.transaction(async (manager) => {
      const ids = await requeueQuarantined(manager, org, [messageId])
      if (ids.length > 0) await logOperator(manager, author, 'quarantine.run-again', messageId)
      return ids
    })
    if (requeued.length === 0) return undefined
    const until = performance.now() + WAIT_MS
    while (await this.questions.execute(new PendingQuery(org, messageId))) {
      if (performance.now() > until)
        return { outcome: 'quarantined', detail: 'It is waiting for the worker. Try again in a moment.' }
      await pause(POLL_INTERVAL_MS)
    }
    const stillQuarantined = await this.questions.execute(new QuarantinedQuery(org, messageId))
    return stillQuarantined === undefined
      ? this.describeUnderstood(messageId)
      : { outcome: 'quarantined', detail: stillQuarantined.detail }
  }

  /** The worker does not store what it understood, so the connector, which is pure, translates the message once more. */
  private async describeUnderstood(messageId: number): Promise<RunAgainOutcome> {
    const message = await this.questions.execute(new SealedMessageQuery(this.scope.org, messageId))
    const connector = message && connectorOf((await this.texts.marketplaceOf(message)) ?? '')
    if (message === undefined || connector === undefined)
      return { outcome: 'irrelevant', detail: 'It is not in quarantine any more.' }
    const { channel, receivedAt } = message
    const translation = connector.inbound.translate({
      channel: channel as Channel,
      raw: this.texts.clear(message),
      receivedAt,
    })
    switch (translation.type) {
      case 'observed':
        return { outcome: 'observed', detail: `Understood: case ${translation.case.caseNumber}.` }
      case 'answered':
        return { outcome: 'observed', detail: 'Understood: the answer to an action.' }
      case 'complete':
        return { outcome: 'observed', detail: 'Understood: the list is complete until then.' }
      case 'must-read':
        return {
          outcome: 'must-read',
          detail: `Understood as a hint; case ${translation.case.caseNumber} is being read.`,
        }
      case 'irrelevant':
        return { outcome: 'irrelevant', detail: translation.why }
      case 'unintelligible':
        return { outcome: 'irrelevant', detail: 'It is not in quarantine any more.' }
    }
  }
}
