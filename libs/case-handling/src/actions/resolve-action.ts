import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor, AfterSaleCase, CloseAction } from '#after-sale'
import { loadOwnStreams, withdrawEffect } from '#event-store'
import type { Clock } from '../ports'
import type { Work } from '../writing/work'
import type { CaseWriter } from '../writing/write-cases'
import type { ActionOutcome } from './asked-actions'

/** How a person resolves an open action: done by hand, withdrawn, or checked at the marketplace. */
export type Resolution = 'attested' | CloseAction['as']

export class ResolveAction extends Command<ActionOutcome> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly caseId: string,
    readonly intent: string,
    readonly says: Resolution,
  ) {
    super()
  }
}

/**
 * An action that is carried out by a call can be withdrawn only before its effect was sent: the effect is ended first,
 * in the same transaction, so no worker can claim it afterwards.
 */
@CommandHandler(ResolveAction)
export class ResolveActionHandler implements ICommandHandler<ResolveAction> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
  ) {}

  execute(command: ResolveAction): Promise<ActionOutcome> {
    return this.database.transaction((manager) => this.say(manager, command))
  }

  private async say(
    manager: EntityManager,
    { org, by, caseId, intent: id, says }: ResolveAction,
  ): Promise<ActionOutcome> {
    const refused = (reason: 'NoSuchCase' | 'NoSuchIntent' | 'NotAwaitingAttestation'): ActionOutcome => ({
      type: 'refused',
      caseId,
      intent: id,
      reason,
    })
    const [row] = await loadOwnStreams<AfterSaleCase>(manager, org, [caseId])
    if (row === undefined) return refused('NoSuchCase')
    const intent = row.state.intents?.find((one) => one.id === id)
    if (intent === undefined) return refused('NoSuchIntent')
    if (
      says === 'withdrawn' &&
      intent.state === 'intended' &&
      (await withdrawEffect(manager, { stream: caseId, intent: id })) === undefined
    )
      return refused('NotAwaitingAttestation')
    const now = this.clock()
    const command =
      says === 'attested'
        ? ({ type: 'AttestAction', intent: id, by, now } as const)
        : ({ type: 'CloseAction', intent: id, as: says, by, now } as const)
    const work: Work = { id: row.id, org, store: row.store, messageId: null, command }
    const [one] = await this.writer.write(manager, [work], now, [row])
    if (one?.refused !== undefined) return refused('NotAwaitingAttestation')
    const state = one?.after?.intents?.find((now) => now.id === id)?.state
    return state === undefined
      ? refused('NoSuchIntent')
      : { type: 'decided', caseId, intent: id, state, repeated: one?.events.length === 0 }
  }
}
