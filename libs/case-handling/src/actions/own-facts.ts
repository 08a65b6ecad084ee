import type { EntityManager } from 'typeorm'
import type { ActionFacts, AfterSaleCase, StoreTerms } from '#after-sale'
import { appealedKindsOf, evidenceFactsOf, failedAppealsOfStore } from '#after-sale'
import type { StreamRow } from '#event-store'
import { appealResultsOfStores, piecesOf } from '#ledgers'
import type { ActionRequest } from './action-requests'
import type { MarketplaceRequirements } from '../marketplace-requirements'

/** What the facts are taken from. `now`: UTC ms. */
interface FactSources {
  readonly cases: ReadonlyMap<string, StreamRow<AfterSaleCase>>
  readonly terms: (store: number) => StoreTerms
  readonly limitsOf: MarketplaceRequirements['limitsOf']
  readonly now: number
}

/**
 * The requests with the facts that we know ourselves; they replace whatever the client states: how many appeals of the
 * store failed (R061, R062), what this case has appealed (R080), what its evidence is (R065, R066), the limits of the
 * marketplace (R066, R141). What was done in the marketplace's back office and never recorded here stays absent: it is
 * unknown, not zero.
 */
export async function withOwnFacts(
  manager: EntityManager,
  requests: readonly ActionRequest[],
  sources: FactSources,
): Promise<readonly ActionRequest[]> {
  const [appeals, evidence] = [
    await loadAppealFacts(manager, requests, sources),
    await loadEvidenceFacts(manager, requests),
  ]
  return requests.map((request) => {
    const {
      failedAppeals: _failed,
      appealed: _appealed,
      evidence: _evidence,
      evidenceLimits: _limits,
      ...stated
    } = request.facts
    return {
      ...request,
      facts: { ...stated, ...appeals(request), ...evidence(request), ...evidenceLimitsFor(request, sources) },
    }
  })
}

function evidenceLimitsFor({ caseId, action }: ActionRequest, { cases, limitsOf }: FactSources): ActionFacts {
  const row = cases.get(caseId)
  const limits = row && limitsOf(row.state.marketplace, action.name)
  return limits === undefined ? {} : { evidenceLimits: limits }
}

const concernsAppeal = ({ action }: ActionRequest): boolean =>
  action.name === 'appeal' || action.name === 'withdraw-appeal'

async function loadAppealFacts(
  manager: EntityManager,
  requests: readonly ActionRequest[],
  { cases, terms: terms, now }: FactSources,
): Promise<(request: ActionRequest) => ActionFacts> {
  const stores = requests.flatMap((request) =>
    concernsAppeal(request) ? (cases.get(request.caseId)?.store ?? []) : [],
  )
  const results = await appealResultsOfStores(manager, [...new Set(stores)])
  return (request) => {
    const row = cases.get(request.caseId)
    if (row === undefined || !concernsAppeal(request)) return {}
    const { zoneMinutes, appeals } = terms(row.store)
    const resultsOfStore = results.filter(({ store }) => store === row.store)
    const appealed = appealedKindsOf(resultsOfStore, row.id)
    return {
      failedAppeals: failedAppealsOfStore(resultsOfStore, now, zoneMinutes, appeals),
      ...(appealed.length === 0 ? {} : { appealed }),
    }
  }
}

/** For a request with evidence: all pieces of its case, because the judgement of one piece counts for the others (R065). */
async function loadEvidenceFacts(
  manager: EntityManager,
  requests: readonly ActionRequest[],
): Promise<(request: ActionRequest) => ActionFacts> {
  const requestsWithEvidence = requests.filter(({ action }) => 'evidence' in action)
  const pieces = await piecesOf(manager, [...new Set(requestsWithEvidence.map(({ caseId }) => caseId))])
  // A batch asks for 5,000 cases at once.
  const piecesByCase = new Map<string, (typeof pieces)[number][]>()
  for (const piece of pieces) {
    const ofCase = piecesByCase.get(piece.stream)
    if (ofCase === undefined) piecesByCase.set(piece.stream, [piece])
    else ofCase.push(piece)
  }
  return ({ caseId, action }) => {
    const piecesOfCase = 'evidence' in action ? piecesByCase.get(caseId) : undefined
    return piecesOfCase === undefined ? {} : { evidence: piecesOfCase.map(evidenceFactsOf) }
  }
}
