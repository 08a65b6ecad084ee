import type { EntityManager } from 'typeorm'
import type { ActionFacts, AfterSaleCase, StoreTerms } from '#after-sale'
import { appealedKindsOf, evidenceFactsOf, failedOf } from '#after-sale'
import type { StreamRow } from '#event-store'
import { appealResultsAt, piecesOf } from '#ledgers'
import type { AskedAction } from '../actions/asked-actions'
import type { Observances } from '../way-of'

interface Around {
  readonly files: ReadonlyMap<string, StreamRow<AfterSaleCase>>
  readonly terms: (store: number) => StoreTerms
  readonly limitsOf: Observances['limitsOf']
  readonly now: number
}

/**
 * What the gateway itself knows about requested actions. It replaces whatever the client states: how many appeals of
 * the store failed (R061, R062), what this case has appealed (R080), what its evidence is (R065, R066), the limits of
 * the marketplace (R066, R141). What was done in the back office and never recorded here is missing: then it is
 * unknown, not zero.
 */
export async function withOwnFacts(
  manager: EntityManager,
  asked: readonly AskedAction[],
  ctx: Around,
): Promise<readonly AskedAction[]> {
  const [appeals, evidence] = [await appealFactsOf(manager, asked, ctx), await evidenceFactsFor(manager, asked)]
  return asked.map((one) => {
    const {
      failedAppeals: _failed,
      appealed: _appealed,
      evidence: _evidence,
      evidenceLimits: _limits,
      ...said
    } = one.facts
    return { ...one, facts: { ...said, ...appeals(one), ...evidence(one), ...limitsFor(one, ctx) } }
  })
}

function limitsFor({ caseId, action }: AskedAction, { files, limitsOf }: Around): ActionFacts {
  const file = files.get(caseId)
  const limits = file && limitsOf(file.state.marketplace, action.name)
  return limits === undefined ? {} : { evidenceLimits: limits }
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

/** Of whatever carries evidence: all pieces of the case, for what one of them was judged to be counts for the others (R065). */
async function evidenceFactsFor(
  manager: EntityManager,
  asked: readonly AskedAction[],
): Promise<(one: AskedAction) => ActionFacts> {
  const carrying = asked.filter(({ action }) => 'evidence' in action)
  const pieces = await piecesOf(manager, [...new Set(carrying.map(({ caseId }) => caseId))])
  return (one) => {
    const ofCase = carrying.includes(one) ? pieces.filter(({ stream }) => stream === one.caseId) : []
    return ofCase.length === 0 ? {} : { evidence: ofCase.map(evidenceFactsOf) }
  }
}
