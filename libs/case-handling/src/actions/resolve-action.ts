import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor, AfterSaleCase, CloseAction } from '#after-sale'
import { loadOwnStreams, withdrawEffect } from '#event-store'
import type { Clock } from '../ports'
import type { CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/case-writer'
import type { ActionRequestOutcome } from './action-requests'

/** How a person resolves an open action: done by hand, withdrawn, or checked at the marketplace. */
export type Resolution = 'attested' | CloseAction['as']

/** A person resolves one open action of a case of their organisation. */
export class ResolveAction extends Command<ActionRequestOutcome> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly caseId: string,
    readonly intent: string,
    readonly resolution: Resolution,
  ) {
    super()
  }
}

/**
 * An action that is carried out by a call can be withdrawn only before the call. Its effect is ended first, in the same
 * transaction, so no worker can claim it afterwards.
 */
@CommandHandler(ResolveAction)
export class ResolveActionHandler implements ICommandHandler<ResolveAction> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
  ) {}

  execute(command: ResolveAction): Promise<ActionRequestOutcome> {
    return this.database.transaction((manager) => this.resolve(manager, command))
  }

  private async resolve(
    manager: EntityManager,
    { org, by, caseId, intent: id, resolution }: ResolveAction,
  ): Promise<ActionRequestOutcome> {
    const refused = (reason: 'NoSuchCase' | 'NoSuchIntent' | 'NotAwaitingAttestation'): ActionRequestOutcome => ({
      type: 'refused',
      caseId,
      intent: id,
      reason,
    })
    const [row] = await loadOwnStreams<AfterSaleCase>(manager, org, [caseId])
    if (row === undefined) return refused('NoSuchCase')
    const intent = row.state.intents?.find((candidate) => candidate.id === id)
    if (intent === undefined) return refused('NoSuchIntent')
    if (
      resolution === 'withdrawn' &&
      intent.state === 'intended' &&
      (await withdrawEffect(manager, { stream: caseId, intent: id })) === undefined
    )
      return refused('NotAwaitingAttestation')
    const now = this.clock()
    const command =
      resolution === 'attested'
        ? ({ type: 'AttestAction', intent: id, by, now } as const)
        : ({ type: 'CloseAction', intent: id, as: resolution, by, now } as const)
    const caseCommand: CaseCommand = { id: row.id, org, store: row.store, messageId: null, command }
    const [result] = await this.writer.write(manager, [caseCommand], now, [row])
    if (result?.refused !== undefined) return refused('NotAwaitingAttestation')
    const state = result?.after?.intents?.find((candidate) => candidate.id === id)?.state
    return state === undefined
      ? refused('NoSuchIntent')
      : { type: 'decided', caseId, intent: id, state, repeated: result?.events.length === 0 }
  }
}
