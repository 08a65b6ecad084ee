import { Inject, Injectable } from '@nestjs/common'
import type { Actor } from '#access'
import { Directory, actorRef, may } from '#access'
import type { Action, ActionName } from '#after-sale'
import type { BatchRights } from '#case-handling'
import { suspensionOf } from '#case-handling'
import type { BatchAuthor } from '#ledgers'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Scope } from '../core/scope'
import { FIELD_CODES, type FieldCode } from '../problems/problem-codes'
import { problemOf } from '../problems/problem.filter'
import { currentActor, operatorName } from '../security/current-actor'
import { PROOF_ABOVE_FEN } from '../tokens'
import type { BatchViewer } from './batch-answers'

/** Actions that need something of one case only: a parcel, pieces of evidence, the items of an appeal. */
const OF_ONE_CASE: readonly ActionName[] = [
  'ship-exchange',
  'intercept',
  'submit-evidence',
  'answer-work-order',
  'request-intervention',
  'appeal',
  'withdraw-appeal',
]

export const isForMany = (name: ActionName): boolean => !OF_ONE_CASE.includes(name)

/** What the caller may do with batches, and with which. */
@Injectable()
export class BatchScope {
  constructor(
    private readonly scope: Scope,
    private readonly directory: Directory,
    @Inject(PROOF_ABOVE_FEN) readonly proofAbove: number,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  get author(): BatchAuthor {
    const actor = currentActor()
    return { by: operatorName(actor), actor: actorRef(actor) }
  }

  /** Owners and auditors see all batches, as they see the audit; others see their own. `undefined`: all. */
  get visibleAuthor(): string | undefined {
    return may(currentActor(), 'audit.read') ? undefined : this.author.actor
  }

  get viewer(): BatchViewer {
    return {
      actor: this.author.actor,
      now: this.clock(),
      mayRecallOthers: mayRecallOthers(currentActor()),
      proofAbove: this.proofAbove,
    }
  }

  async rights(): Promise<BatchRights> {
    const actor = currentActor()
    const stores = new Map((await this.directory.current()).stores.map((store) => [store.id, store]))
    return {
      stores: this.scope.storeLimit,
      mayActFree: may(actor, 'cases.act'),
      mayActForMoney: may(actor, 'money.act'),
      suspensionOf: (store) => suspensionOf(stores.get(store) ?? {}),
    }
  }
}

/** A batch may have cases of any store, so only owners of all stores stop what others have started. */
const mayRecallOthers = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.role === 'owner' && actor.stores === 'all'

/** @throws Problem where the action has something that belongs to one case: it would be sent with others */
export function requireForMany(action: Action): void {
  if (!isForMany(action.name)) throw wrongField('#/action/name', 'not-an-option')
  if ('shipment' in action && action.shipment !== undefined) throw wrongField('#/action/shipment', 'not-usable')
  if ('evidence' in action && action.evidence.length > 0) throw wrongField('#/action/evidence', 'not-usable')
}

export const wrongField = (pointer: string, code: FieldCode): Error =>
  problemOf('not-understood', { errors: [{ pointer, code, detail: FIELD_CODES[code] }] })
