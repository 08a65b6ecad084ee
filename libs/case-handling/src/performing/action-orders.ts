import type { AfterSaleCase, Perform } from '#after-sale'
import { nextDeadlineOf } from '#after-sale'
import type { ActionOrder } from '#connectors'
import type { EffectWrite } from '#event-store'
import type { OrderLocation, Sealing } from '../ports'

/** An action on a case without a deadline is sent last. */
const NO_DEADLINE = Number.MAX_SAFE_INTEGER

/**
 * Builds and opens orders: what a connector needs to carry out an action, taken from the effect and the case as it was
 * judged. The texts of an action are stored only here, sealed as messages are, and no longer than until the action is
 * over; no event and no case contains them.
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
      sealed: this.sealing.sealOrder({ org, stream, intent }, JSON.stringify(buildActionOrder(afterSale, perform))),
      judged,
      due: nextDeadlineOf(afterSale)?.due ?? NO_DEADLINE,
      state: way === 'API' ? 'ready' : 'by-hand',
      holdMs: perform.holdMs ?? 0,
    }
  }

  /** The order as it was sealed. @throws if it was sealed with another key, or for another action */
  open({ sealed, ...location }: OrderLocation & { readonly sealed: Buffer }): ActionOrder {
    return JSON.parse(this.sealing.openOrder(location, sealed)) as ActionOrder
  }
}

/** Pure: the same case and the same effect make the same order. */
function buildActionOrder(afterSale: AfterSaleCase, { action, judged, returnAddressId }: Perform): ActionOrder {
  const { caseNumber, order, kind, status, goods } = afterSale
  const returnParcel = goods?.parcels.find((parcel) => parcel.direction === 'back')
  return {
    action,
    caseNumber,
    revision: judged,
    ...(order === undefined ? {} : { orderNumber: order.orderNumber }),
    ...(kind === undefined ? {} : { kind: kind.kind }),
    ...(kind?.variant === undefined ? {} : { variant: kind.variant }),
    ...(status === undefined ? {} : { status: status.raw }),
    ...(returnAddressId === undefined ? {} : { addressId: returnAddressId }),
    ...(returnParcel === undefined
      ? {}
      : {
          returnParcel: {
            tracking: returnParcel.tracking,
            ...(returnParcel.carrier === undefined ? {} : { carrier: returnParcel.carrier }),
          },
        }),
  }
}
