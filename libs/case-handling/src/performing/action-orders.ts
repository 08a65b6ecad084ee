import type { AfterSaleCase, Perform } from '#after-sale'
import { nextDeadlineOf } from '#after-sale'
import type { ActionOrder } from '#connectors'
import type { EffectWrite } from '#event-store'
import type { OrderPlace, Sealing } from '../ports'

/** Without a deadline it is last in line. */
const NO_DEADLINE = Number.MAX_SAFE_INTEGER

/**
 * What is handed to a connector, built from the effect and the case as it was judged. The texts of an action are in no
 * event and in no state; they are in the order, sealed as messages are, until the action is carried out or a person has
 * done it.
 */
export class ActionOrders {
  constructor(private readonly sealing: Pick<Sealing, 'sealOrder' | 'openOrder'>) {}

  /** The stored effect of a decided action: for a call, or for a person to do by hand. */
  rowOf(
    perform: Perform,
    afterSale: AfterSaleCase,
    { id: stream, org, store }: { readonly id: string; readonly org: number; readonly store: number },
  ): EffectWrite {
    const { intent, judged, way } = perform
    return {
      stream,
      intent,
      org,
      store,
      sealed: this.sealing.sealOrder({ org, stream, intent }, JSON.stringify(orderOf(afterSale, perform))),
      judged,
      due: nextDeadlineOf(afterSale)?.due ?? NO_DEADLINE,
      state: way === 'API' ? 'ready' : 'by-hand',
    }
  }

  /** The order as it was sealed. Throws if it was sealed with another key, or for another action. */
  open({ sealed, ...place }: OrderPlace & { readonly sealed: Buffer }): ActionOrder {
    return JSON.parse(this.sealing.openOrder(place, sealed)) as ActionOrder
  }
}

/** Pure: the same case and the same effect make the same order. */
function orderOf(afterSale: AfterSaleCase, { action, judged, returnAddressId }: Perform): ActionOrder {
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
    ...(returnAddressId === undefined ? {} : { addressId: returnAddressId }),
    ...(back === undefined
      ? {}
      : {
          returnParcel: { tracking: back.tracking, ...(back.carrier === undefined ? {} : { carrier: back.carrier }) },
        }),
  }
}
