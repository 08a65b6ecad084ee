import type { Act } from '../world/acts'
import type { CaseRecord } from '../world/case'
import type { DouyinContext } from './api'
import { staleStatus } from './errors'

/** Does to a case what a call asks for, and writes it into the log. Throws the platform's "wrong status" where it cannot be done. */
export function carryOut(context: DouyinContext, record: CaseRecord, act: Act): void {
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
