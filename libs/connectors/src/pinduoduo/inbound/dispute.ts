import type { DisputeRail } from '#after-sale'
import { STATUSES } from '#after-sale'
import type { StatusMeaning } from '../statuses'

/** Whether the platform has stepped in: `undefined` where the message does not show it. */
export function disputeOf(
  code: number,
  meaning: StatusMeaning,
  hasPlatformIntervened: boolean | undefined,
): DisputeRail | undefined {
  if (code === 8) return { stage: 'platform-intervened' }
  if (code === 9) return { stage: 'ruled-for-merchant' }
  if (hasPlatformIntervened === undefined) return undefined
  if (!hasPlatformIntervened) return { stage: 'none' }
  // Without an intervention 5 is also how an overdue case is refunded; only with one it is a ruling.
  if (code === 5) return { stage: 'ruled-for-buyer' }
  if (code === 11) return { stage: 'cancelled' }
  // An ended case does not show which way the platform ruled.
  return STATUSES[meaning.status].final ? undefined : { stage: 'platform-intervened' }
}
