import type { EntityManager } from 'typeorm'
import type { ActionFacts, AfterSaleCase, StoreTerms } from '#after-sale'
import { appealedKindsOf, evidenceFactsOf, failedAppealsOfStore } from '#after-sale'
import type { StreamRow } from '#event-store'
import { appealResultsAt, piecesOf } from '#ledgers'
import type { ActionRequest } from '../actions/action-requests'
import type { MarketplaceRequirements } from '../marketplace-requirements'

interface FactSources {
  readonly cases: ReadonlyMap<string, StreamRow<AfterSaleCase>>
  readonly terms: (store: number) => StoreTerms
  readonly limitsOf: MarketplaceRequirements['limitsOf']
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
  requests: readonly ActionRequest[],
  ctx: FactSources,
): Promise<readonly ActionRequest[]> {
  const [appeals, evidence] = [await appealFactsOf(manager, requests, ctx), await evidenceFactsFor(manager, requests)]
  return requests.map((request) => {
    const {
      failedAppeals: _failed,
      appealed: _appealed,
      evidence: _evidence,
      evidenceLimits: _limits,
      ...stated
    } = request.facts
    return { ...request, facts: { ...stated, ...appeals(request), ...evidence(request), ...limitsFor(request, ctx) } }
  })
}

function limitsFor({ caseId, action }: ActionRequest, { cases, limitsOf }: FactSources): ActionFacts {
  const row = cases.get(caseId)
  const limits = row && limitsOf(row.state.marketplace, action.name)
  return limits === undefined ? {} : { evidenceLimits: limits }
}

const isAboutAppeals = ({ action }: ActionRequest): boolean =>
  action.name === 'appeal' || action.name === 'withdraw-appeal'

async function appealFactsOf(
  manager: EntityManager,
  requests: readonly ActionRequest[],
  { cases, terms, now }: FactSources,
): Promise<(request: ActionRequest) => ActionFacts> {
  const stores = requests.flatMap((request) =>
    isAboutAppeals(request) ? (cases.get(request.caseId)?.store ?? []) : [],
  )
  const kept = await appealResultsAt(manager, [...new Set(stores)])
  return (request) => {
    const row = cases.get(request.caseId)
    if (row === undefined || !isAboutAppeals(request)) return {}
    const { zoneMinutes, appeals } = terms(row.store)
    const ofStore = kept.filter(({ store }) => store === row.store)
    const appealed = appealedKindsOf(ofStore, row.id)
    return {
      failedAppeals: failedAppealsOfStore(ofStore, now, zoneMinutes, appeals),
      ...(appealed.length === 0 ? {} : { appealed }),
    }
  }
}

/** Of whatever carries evidence: all pieces of the case, for what one of them was judged to be counts for the others (R065). */
async function evidenceFactsFor(
  manager: EntityManager,
  requests: readonly ActionRequest[],
): Promise<(request: ActionRequest) => ActionFacts> {
  const carrying = requests.filter(({ action }) => 'evidence' in action)
  const pieces = await piecesOf(manager, [...new Set(carrying.map(({ caseId }) => caseId))])
  return (request) => {
    const ofCase = carrying.includes(request) ? pieces.filter(({ stream }) => stream === request.caseId) : []
    return ofCase.length === 0 ? {} : { evidence: ofCase.map(evidenceFactsOf) }
  }
}
