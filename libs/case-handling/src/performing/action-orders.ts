import type { AfterSaleCase, RequestAction } from '#after-sale'
import { nextDeadlineOf } from '#after-sale'
import type { ActionOrder } from '#connectors'
import type { EffectWrite } from '#event-store'
import type { OrderPlace, Sealing } from '../ports'
import type { Done } from '../writing/write-cases'

/** Without a deadline it is the last in the row. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * What is handed to a connector, built from the case as it was judged. The texts of an action are in no event and in no
 * state; here they are, sealed as messages are, until the action is carried out or a person has done it.
 */
export class ActionOrders {
  constructor(private readonly sealing: Pick<Sealing, 'sealOrder' | 'openOrder'>) {}

  /** The effects of what was decided in a batch: one for each action that was intended, and no other. */
  rowsOf(done: readonly Done[]): EffectWrite[] {
    return done.flatMap(({ work: { id, org, store, command }, after, events }) => {
      if (command.type !== 'RequestAction' || after === undefined) return []
      const intended = events.find((event) => event.type === 'ActionIntended')
      if (intended === undefined) return []
      return [
        {
          stream: id,
          intent: intended.intent,
          org,
          store,
          sealed: this.sealing.sealOrder(
            { org, stream: id, intent: intended.intent },
            JSON.stringify(orderOf(after, command)),
          ),
          judged: intended.judged,
          due: nextDeadlineOf(after)?.due ?? NEVER,
          state: intended.way === 'API' ? 'ready' : 'by-hand',
        },
      ]
    })
  }

  /** The order as it was sealed. Throws where it was sealed with another key, or for another action. */
  opened({ sealed, ...place }: OrderPlace & { readonly sealed: Buffer }): ActionOrder {
    return JSON.parse(this.sealing.openOrder(place, sealed)) as ActionOrder
  }
}

/** Pure: the same case and the same request are the same order. */
export function orderOf(afterSale: AfterSaleCase, { action, judged, terms }: RequestAction): ActionOrder {
  const { caseNumber, order, kind, status, goods } = afterSale
  const back = goods?.parcels.find((parcel) => parcel.direction === 'back')
  return {
    action,
    caseNumber,
    revision: judged,
    ...(order === undefined ? {} : { orderNumber: order.orderNumber }),
    ...(kind === undefined ? {} : { kind: kind.kind }),
    ...(kind?.variant === undefined ? {} : { variant: kind.variant }),
    ...(status === undefined ? {} : { status: status.raw }),
    ...(terms.returnAddressId === undefined ? {} : { addressId: terms.returnAddressId }),
    ...(back === undefined
      ? {}
      : {
          returnParcel: { tracking: back.tracking, ...(back.carrier === undefined ? {} : { carrier: back.carrier }) },
        }),
  }
}
