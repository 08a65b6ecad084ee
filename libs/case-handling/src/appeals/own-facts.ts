import type { EntityManager } from 'typeorm'
import type { ActionFacts, AfterSaleCase, StoreTerms } from '#after-sale'
import { appealedKindsOf, failedOf } from '#after-sale'
import type { StreamRow } from '#event-store'
import { appealResultsAt } from '#event-store'
import type { AskedAction } from '../actions/asked-actions'

interface Around {
  readonly files: ReadonlyMap<string, StreamRow<AfterSaleCase>>
  readonly terms: (store: number) => StoreTerms
  readonly now: number
}

/**
 * What the gateway knows itself of the actions that are asked for. It stands in place of whatever the asker says of it: how many
 * appeals of the store failed (R061, R062), what this case has appealed (R080). What was done in the back office and never
 * told here is not in it: then it is unknown, not nothing.
 */
export async function withOwnFacts(manager: EntityManager, asked: readonly AskedAction[], around: Around): Promise<readonly AskedAction[]> {
  const appeals = await appealFactsOf(manager, asked, around)
  return asked.map((one) => {
    const { failedAppeals: _failed, appealed: _appealed, ...said } = one.facts
    return { ...one, facts: { ...said, ...appeals(one) } }
  })
}

const isOfAppeals = ({ action }: AskedAction): boolean => action.name === 'appeal' || action.name === 'withdraw-appeal'

async function appealFactsOf(
  manager: EntityManager,
  asked: readonly AskedAction[],
  { files, terms, now }: Around,
): Promise<(one: AskedAction) => ActionFacts> {
  const stores = asked.flatMap((one) => (isOfAppeals(one) ? (files.get(one.caseId)?.store ?? []) : []))
  const kept = await appealResultsAt(manager, [...new Set(stores)])
  return (one) => {
    const file = files.get(one.caseId)
    if (file === undefined || !isOfAppeals(one)) return {}
    const { zoneMinutes, appeals } = terms(file.store)
    const ofStore = kept.filter(({ store }) => store === file.store)
    const appealed = appealedKindsOf(ofStore, file.id)
    return {
      failedAppeals: failedOf(ofStore, now, zoneMinutes, appeals),
      ...(appealed.length === 0 ? {} : { appealed }),
    }
  }
}
