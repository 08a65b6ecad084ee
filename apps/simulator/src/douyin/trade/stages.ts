import type { CaseRecord } from '../../world/case'
import type { Stage } from '../../world/stages'
import { isOpen } from './arbitration'

const stages: Readonly<Record<number, Stage>> = {
  6: 'merchant-answers',
  7: 'buyer-sends',
  8: 'merchant-ships',
  11: 'merchant-receives',
  12: 'refunding',
  13: 'buyer-receives',
  27: 'refused',
  29: 'refused',
}

export function stageOf(record: CaseRecord): Stage {
  if (record.dispute !== null && isOpen(record.dispute)) return 'platform-decides'
  return record.parcelRefusalAgreed && record.status === 6 ? 'buyer-refuses-parcel' : (stages[record.status] ?? 'ended')
}
