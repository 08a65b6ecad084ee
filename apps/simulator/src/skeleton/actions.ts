import type { WireValue } from '../http/wire-json'
import type { Act } from '../world/acts'
import type { SkeletonApi, SkeletonContext } from './api'
import { ownCase, textParam, wholeNumberParam } from './api'
import { invalidParam, staleCase } from './errors'
import { seconds } from './trade/codes'

/** `skeleton.case.agree`: to a refund or to a return, for the version that was judged. */
function agree(context: SkeletonContext): WireValue {
  const { world, calls, method, params } = context
  const record = ownCase(context)
  const to = textParam(params, 'to')
  if (to !== 'refund' && to !== 'return') throw invalidParam('to')
  if (to === 'return' && textParam(params, 'address') !== world.shop(record.shopId)?.returnAddressId)
    throw invalidParam('address')
  const isNewest = wholeNumberParam(context, 'version') === seconds(record.updatedMs)
  const act: Act = { what: to === 'refund' ? 'agree-refund' : 'agree-return', by: 'merchant' }
  const outcome = isNewest ? world.act(record.number, act) : { changed: false as const, why: 'another version' }
  calls.action({
    atMs: world.clock.now(),
    marketplace: 'skeleton',
    api: method,
    shopId: record.shopId,
    caseNumber: record.number,
    carriedOut: outcome.changed,
    answer: outcome.changed ? 'yes' : outcome.why,
  })
  if (!outcome.changed) throw staleCase()
  return { skeleton_case_id: BigInt(record.number) }
}

export const actionApis: Readonly<Record<string, SkeletonApi>> = { 'skeleton.case.agree': { run: agree, action: true } }
