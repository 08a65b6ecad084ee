import type { CaseRecord } from '../../world/case'
import type { Stage } from '../../world/stages'
import { status } from './codes'

const stages: Readonly<Record<number, Stage>> = {
  [status.applied]: 'merchant-answers',
  [status.returnApplied]: 'merchant-answers',
  [status.exchangeApplied]: 'merchant-answers',
  [status.repairApplied]: 'merchant-answers',
  [status.refunding]: 'refunding',
  [status.platformRefunding]: 'refunding',
  [status.refused]: 'refused',
  [status.buyerToSend]: 'buyer-sends',
  [status.exchangeBuyerToSend]: 'buyer-sends',
  [status.repairBuyerToSend]: 'buyer-sends',
  [status.platform]: 'platform-decides',
  [status.exchangeToConfirm]: 'buyer-receives',
  [status.repairToReceive]: 'buyer-receives',
  [status.parcelRefusalAgreed]: 'buyer-refuses-parcel',
  [status.resendToShip]: 'merchant-ships',
  [status.recall]: 'merchant-recalls',
}

export function stageOf(record: CaseRecord): Stage {
  const stage = stages[record.status] ?? 'ended'
  if (record.returnParcel === null) return stage
  if (stage === 'merchant-answers') return 'merchant-receives'
  // A repair stays in 22 while the merchant has the goods: the buyer has nothing left to do.
  return stage === 'buyer-sends' ? 'ended' : stage
}
