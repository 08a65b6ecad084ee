import type { ActionEvent, AppealResultReported, FactsAttested } from './actions/events'
import { evolveIntents } from './actions/evolve-intents'
import { evolveAppeals } from './appeals/life'
import { appealsAfter, confirmedByResult } from './appeals/of-intents'
import type { AfterSaleCase } from './case'
import type { CaseEvent, CaseOpened, FacetEvent, Seen } from './events'
import { FACET_OF } from './events'
import type { Facets, Instant } from './facets'
import { earliest, stageOf } from './reached'
import { isNewer } from './stamp'

/** Fold one event into the case. Total: every event in every state has an answer; nothing is thrown. */
export function evolve(file: AfterSaleCase | undefined, event: CaseEvent): AfterSaleCase | undefined {
  if (event.type === 'CaseOpened') return file ?? opened(event)
  if (file === undefined) return undefined
  if (event.type === 'FactsAttested')
    return { ...file, facts: { ...file.facts, ...event.facts }, version: file.version + 1 }
  if (event.type === 'AppealItemDecided') return resulted(file, event)
  if (isOfAction(event)) return acted(file, event)
  return { ...stamped(apply(file, event), event.seen), version: file.version + 1 }
}

function acted(file: AfterSaleCase, event: ActionEvent): AfterSaleCase {
  const intents = evolveIntents(file.intents ?? [], event)
  return { ...withAppeals(file, appealsAfter(file.appeals, intents, event)), intents }
}

function resulted(file: AfterSaleCase, event: AppealResultReported): AfterSaleCase {
  const intents = confirmedByResult(file.intents, event)
  const appeals = file.appeals && evolveAppeals(file.appeals, event)
  return { ...withAppeals(file, appeals), ...(intents === undefined ? {} : { intents }) }
}

const withAppeals = (file: AfterSaleCase, appeals: AfterSaleCase['appeals']): AfterSaleCase => ({
  ...file,
  ...(appeals === undefined ? {} : { appeals }),
  version: file.version + 1,
})

const isOfAction = (event: CaseEvent): event is ActionEvent => event.type.startsWith('Action')

export const fold = (events: readonly CaseEvent[], from?: AfterSaleCase): AfterSaleCase | undefined =>
  events.reduce<AfterSaleCase | undefined>(evolve, from)

function opened(event: CaseOpened): AfterSaleCase {
  const { facets, identity, openedAt, appliedAt, seen } = event
  const revision = seen?.stamp.revision ?? openedAt
  const file: AfterSaleCase = {
    ...identity,
    ...facets,
    version: 1,
    openedAt,
    ...(appliedAt === undefined ? {} : { appliedAt }),
    ...firstSaid(undefined, facets, revision),
    stamps: {},
    reached: {},
    passed: {},
  }
  return stamped(file, seen)
}

function firstSaid(
  file: AfterSaleCase | undefined,
  { reason, reasonCode }: Partial<Pick<Facets, 'reason' | 'reasonCode'>>,
  revision: Instant,
): Pick<AfterSaleCase, 'firstReason' | 'firstReasonCode' | 'firstSaid'> {
  return {
    ...(reason === undefined ? {} : { firstReason: reason }),
    ...(reasonCode === undefined ? {} : { firstReasonCode: reasonCode }),
    firstSaid: {
      ...file?.firstSaid,
      ...(reason === undefined ? {} : { reason: revision }),
      ...(reasonCode === undefined ? {} : { reasonCode: revision }),
    },
  }
}

function apply(
  file: AfterSaleCase,
  event: Exclude<CaseEvent, CaseOpened | ActionEvent | FactsAttested | AppealResultReported>,
): AfterSaleCase {
  switch (event.type) {
    case 'EarlierStageFound':
      return { ...file, reached: earliest(file.reached, event.reached) }
    case 'RevisionSeen':
      return file
    case 'ApplicationDated':
      return { ...file, appliedAt: event.appliedAt }
    case 'FirstReasonFound':
      return { ...file, ...firstSaid(file, event, event.revision) }
    case 'DeadlinePassed':
      return { ...file, passed: { ...file.passed, [event.kind]: event.due } }
    default:
      return movedFacet(file, event)
  }
}

function movedFacet(file: AfterSaleCase, event: FacetEvent): AfterSaleCase {
  return { ...file, [FACET_OF[event.type]]: event.to }
}

function stamped(file: AfterSaleCase, seen: Seen | undefined): AfterSaleCase {
  if (seen === undefined) return file
  const stamps = { ...file.stamps }
  const told: Record<string, Instant> = {}
  for (const facet of seen.facets) {
    stamps[facet] = seen.stamp
    const stage = stageOf(facet, file)
    if (stage !== undefined) told[stage] = seen.stamp.revision
  }
  const lastSeen = file.lastSeen === undefined || isNewer(seen.stamp, file.lastSeen) ? seen.stamp : file.lastSeen
  return { ...file, stamps, reached: earliest(file.reached, told), lastSeen }
}
