import type { CaseRecord } from '../../world/case'
import type { Stage } from '../../world/stages'
import { status } from './codes'

const stages: Readonly<Record<number, Stage>> = {
  [status.applied]: 'merchant-answers',
  [status.buyerToSend]: 'buyer-sends',
  [status.merchantToReceive]: 'merchant-receives',
  [status.refunding]: 'refunding',
  [status.refused]: 'refused',
}

export const stageOf = (record: CaseRecord): Stage => stages[record.status] ?? 'ended'
