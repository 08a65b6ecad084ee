import type { ActionEvent, AppealResultReported, FactsAttested } from './actions/events'
import { evolveIntents } from './actions/intents/evolve-intents'
import { evolveAppeals } from './appeals/appeal-lifecycle'
import { appealsAfter, confirmedByResult } from './appeals/appeals-of-intents'
import type { AfterSaleCase } from './case'
import type { CaseEvent, CaseOpened, FacetEvent, Seen } from './events'
import { FACET_OF } from './events'
import type { BuyerErased } from './erasure/erasure'
import type { Facets, Instant } from './facets'
import { mergeEarliest, stageOf } from './reports/reached'
import { isNewer } from './reports/stamp'

/** Folds one event into the case. Total: every event has a result in every state; nothing is thrown. */
export function evolve(afterSale: AfterSaleCase | undefined, event: CaseEvent): AfterSaleCase | undefined {
  if (event.type === 'CaseOpened') return afterSale ?? openCase(event)
  if (afterSale === undefined) return undefined
  if (event.type === 'FactsAttested')
    return { ...afterSale, facts: { ...afterSale.facts, ...event.facts }, version: afterSale.version + 1 }
  if (event.type === 'AppealItemDecided') return applyAppealResult(afterSale, event)
  if (event.type === 'BuyerErased') return applyErasure(afterSale, event)
  if (isActionEvent(event)) return applyAction(afterSale, event)
  return { ...withStamps(applyReport(afterSale, event), event.seen), version: afterSale.version + 1 }
}

function applyAction(afterSale: AfterSaleCase, event: ActionEvent): AfterSaleCase {
  const intents = evolveIntents(afterSale.intents ?? [], event)
  return { ...withAppeals(afterSale, appealsAfter(afterSale.appeals, intents, event)), intents }
}

function applyAppealResult(afterSale: AfterSaleCase, event: AppealResultReported): AfterSaleCase {
  const intents = confirmedByResult(afterSale.intents, event)
  const appeals = afterSale.appeals && evolveAppeals(afterSale.appeals, event)
  return { ...withAppeals(afterSale, appeals), ...(intents === undefined ? {} : { intents }) }
}

const withAppeals = (afterSale: AfterSaleCase, appeals: AfterSaleCase['appeals']): AfterSaleCase => ({
  ...afterSale,
  ...(appeals === undefined ? {} : { appeals }),
  version: afterSale.version + 1,
})

function applyErasure({ buyer: _erased, ...afterSale }: AfterSaleCase, { at, why, by }: BuyerErased): AfterSaleCase {
  return { ...afterSale, erased: { at, why, ...(by === undefined ? {} : { by }) }, version: afterSale.version + 1 }
}

const isActionEvent = (event: CaseEvent): event is ActionEvent => event.type.startsWith('Action')

/** The case after these events, from the beginning or from an earlier state. */
export const fold = (events: readonly CaseEvent[], initial?: AfterSaleCase): AfterSaleCase | undefined =>
  events.reduce<AfterSaleCase | undefined>(evolve, initial)

function openCase(event: CaseOpened): AfterSaleCase {
  const { facets, identity, openedAt, appliedAt, seen } = event
  const revision = seen?.stamp.revision ?? openedAt
  const afterSale: AfterSaleCase = {
    ...identity,
    ...facets,
    version: 1,
    openedAt,
    ...(appliedAt === undefined ? {} : { appliedAt }),
    ...firstReasonsOf(undefined, facets, revision),
    stamps: {},
    reached: {},
    passed: {},
  }
  return withStamps(afterSale, seen)
}

function firstReasonsOf(
  afterSale: AfterSaleCase | undefined,
  { reason, reasonCode }: Partial<Pick<Facets, 'reason' | 'reasonCode'>>,
  revision: Instant,
): Pick<AfterSaleCase, 'firstReason' | 'firstReasonCode' | 'firstSaid'> {
  return {
    ...(reason === undefined ? {} : { firstReason: reason }),
    ...(reasonCode === undefined ? {} : { firstReasonCode: reasonCode }),
    firstSaid: {
      ...afterSale?.firstSaid,
      ...(reason === undefined ? {} : { reason: revision }),
      ...(reasonCode === undefined ? {} : { reasonCode: revision }),
    },
  }
}

function applyReport(
  afterSale: AfterSaleCase,
  event: Exclude<CaseEvent, CaseOpened | ActionEvent | FactsAttested | AppealResultReported | BuyerErased>,
): AfterSaleCase {
  switch (event.type) {
    case 'EarlierStageFound':
      return { ...afterSale, reached: mergeEarliest(afterSale.reached, event.reached) }
    case 'RevisionSeen':
      return afterSale
    case 'ApplicationDated':
      return { ...afterSale, appliedAt: event.appliedAt }
    case 'FirstReasonFound':
      return { ...afterSale, ...firstReasonsOf(afterSale, event, event.revision) }
    case 'DeadlinePassed':
      return { ...afterSale, passed: { ...afterSale.passed, [event.kind]: event.due } }
    default:
      return replaceFacet(afterSale, event)
  }
}

function replaceFacet(afterSale: AfterSaleCase, event: FacetEvent): AfterSaleCase {
  return { ...afterSale, [FACET_OF[event.type]]: event.to }
}

/** Marks the facets that the report confirmed as this new, and notes when each stage was first reported. */
function withStamps(afterSale: AfterSaleCase, seen: Seen | undefined): AfterSaleCase {
  if (seen === undefined) return afterSale
  const stamps = { ...afterSale.stamps }
  const reported: Record<string, Instant> = {}
  for (const facet of seen.facets) {
    stamps[facet] = seen.stamp
    const stage = stageOf(facet, afterSale)
    if (stage !== undefined) reported[stage] = seen.stamp.revision
  }
  const lastSeen =
    afterSale.lastSeen === undefined || isNewer(seen.stamp, afterSale.lastSeen) ? seen.stamp : afterSale.lastSeen
  return { ...afterSale, stamps, reached: mergeEarliest(afterSale.reached, reported), lastSeen }
}
