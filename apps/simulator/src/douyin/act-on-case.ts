import type { Act } from '../world/acts'
import type { CaseRecord } from '../world/case'
import type { DouyinContext } from './api'
import { staleStatus } from './errors'

/** Carries out the act that a call asks for, and logs it. Throws the platform's "wrong status" where the case does not allow it. */
export function actOnCase(context: DouyinContext, record: CaseRecord, act: Act): void {
  const outcome = context.world.act(record.number, act)
  context.calls.action({
    atMs: context.world.clock.now(),
    marketplace: 'douyin',
    api: context.method,
    shopId: record.shopId,
    caseNumber: record.number,
    carriedOut: outcome.changed,
    answer: outcome.changed ? 'success' : outcome.why,
  })
  if (!outcome.changed) throw staleStatus()
}
