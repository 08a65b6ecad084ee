import type { CaseRecord } from './case'
import { isOpen } from '../douyin/trade/arbitration'
import { status as pdd } from '../pinduoduo/trade/codes'

/** Where a case stands, in words that both marketplaces share: what people do next depends on this and not on the platform's code. */
export type Stage =
  | 'merchant-answers'
  | 'merchant-receives'
  | 'merchant-ships'
  | 'buyer-sends'
  | 'buyer-refuses-parcel'
  | 'merchant-recalls'
  | 'refused'
  | 'platform-decides'
  | 'buyer-receives'
  | 'refunding'
  | 'ended'

const pinduoduoStages: Readonly<Record<number, Stage>> = {
  [pdd.applied]: 'merchant-answers',
  [pdd.returnApplied]: 'merchant-answers',
  [pdd.exchangeApplied]: 'merchant-answers',
  [pdd.repairApplied]: 'merchant-answers',
  [pdd.refunding]: 'refunding',
  [pdd.platformRefunding]: 'refunding',
  [pdd.refused]: 'refused',
  [pdd.buyerToSend]: 'buyer-sends',
  [pdd.exchangeBuyerToSend]: 'buyer-sends',
  [pdd.repairBuyerToSend]: 'buyer-sends',
  [pdd.platform]: 'platform-decides',
  [pdd.exchangeToConfirm]: 'buyer-receives',
  [pdd.repairToReceive]: 'buyer-receives',
  [pdd.parcelRefusalAgreed]: 'buyer-refuses-parcel',
  [pdd.resendToShip]: 'merchant-ships',
  [pdd.recall]: 'merchant-recalls',
}

const douyinStages: Readonly<Record<number, Stage>> = {
  6: 'merchant-answers',
  7: 'buyer-sends',
  8: 'merchant-ships',
  11: 'merchant-receives',
  12: 'refunding',
  13: 'buyer-receives',
  27: 'refused',
  29: 'refused',
}

export function stageOf(c: CaseRecord): Stage {
  if (c.finalMs !== null) return 'ended'
  if (c.marketplace === 'douyin') {
    if (c.dispute !== null && isOpen(c.dispute)) return 'platform-decides'
    return c.parcelRefusalAgreed && c.status === 6 ? 'buyer-refuses-parcel' : (douyinStages[c.status] ?? 'ended')
  }
  const stage = pinduoduoStages[c.status] ?? 'ended'
  if (c.returnParcel === null) return stage
  if (stage === 'merchant-answers') return 'merchant-receives'
  // A repair stays in 22 while it is on the merchant's bench: nothing for the buyer to do any more.
  return stage === 'buyer-sends' ? 'ended' : stage
}
