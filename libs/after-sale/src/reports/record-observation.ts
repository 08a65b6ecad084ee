import { isOpen } from '../actions/intents/intent'
import { settlementEventsOf } from '../actions/settlement/settle'
import type { AfterSaleCase } from '../case'
import type { RecordObservation } from '../commands'
import type { Decision, Effect } from '../decision'
import type { FacetEvent, ReportEvent } from '../events'
import { EVENT_OF } from '../events'
import type { FacetName, Instant, OrderFacet } from '../facets'
import { FACET_NAMES } from '../facets'
import { withoutBuyer } from '../erasure/erase-buyer'
import { fold } from '../evolve'
import { stageOf } from './reached'
import { canonicalText, isNewer, isSameStamp, isEqualValue, winsTie } from './stamp'
import type { TermsOfTrade } from '../terms'
import { DEFAULT_TERMS } from '../terms'

/**
 * Merges a marketplace's report into the case, facet by facet; of two values of a facet the one with the newer stamp
 * wins. Because the stamp is part of the report and ties are broken by content, any order and any repetition of the
 * same reports ends in the same state.
 */
export function recordObservation(
  afterSale: AfterSaleCase | undefined,
  report: RecordObservation,
  terms: TermsOfTrade = DEFAULT_TERMS,
): Decision {
  if (afterSale === undefined) return openingDecision(report)
  const { events, effects } = mergeReport(
    afterSale,
    afterSale.erased === undefined ? report : withoutBuyer(report, afterSale.order),
  )
  if (!afterSale.intents?.some(isOpen)) return { type: 'decided', events, effects }
  const after = fold(events, afterSale) ?? afterSale
  return { type: 'decided', events: [...events, ...settlementEventsOf(after, report.stamp.observedAt, terms)], effects }
}

function openingDecision(report: RecordObservation): Decision {
  const facets = reportedFacets(report)
  const opened: ReportEvent = {
    type: 'CaseOpened',
    identity: report.identity,
    openedAt: report.stamp.observedAt,
    ...(report.appliedAt === undefined ? {} : { appliedAt: report.appliedAt }),
    facets: { ...orderFromNumber(report), ...report.facets },
    seen: { stamp: report.stamp, facets },
  }
  return { type: 'decided', events: [opened], effects: [] }
}

/** What a report changes. */
interface MergeResult {
  readonly events: readonly ReportEvent[]
  readonly effects: readonly Effect[]
}

function mergeReport(afterSale: AfterSaleCase, report: RecordObservation): MergeResult {
  const confirmed: FacetName[] = []
  const events: ReportEvent[] = []
  const effects: Effect[] = []
  const earlierStages: Record<string, Instant> = {}
  for (const facet of reportedFacets(report)) {
    const known = afterSale[facet]
    const reported = report.facets[facet]
    const stamp = afterSale.stamps[facet]
    const differs = !isEqualValue(known, reported)
    if (stamp !== undefined) {
      if (
        differs &&
        facet === 'status' &&
        stamp.revision === report.stamp.revision &&
        !isSameStamp(stamp, report.stamp)
      )
        effects.push({ type: 'ReadCase', why: 'conflict' })
      const wins =
        isNewer(report.stamp, stamp) || (isSameStamp(report.stamp, stamp) && differs && winsTie(reported, known))
      if (!wins) {
        const stage = stageOf(facet, report.facets)
        if (stage !== undefined && !(report.stamp.revision >= (afterSale.reached[stage] ?? Infinity)))
          earlierStages[stage] = report.stamp.revision
        continue
      }
    }
    confirmed.push(facet)
    if (differs) events.push(facetEventOf(facet, known, reported))
  }
  const { order } = orderFromNumber(report)
  if (order !== undefined && afterSale.order === undefined) events.push(facetEventOf('order', undefined, order))
  events.push(...applicationEvents(afterSale, report), ...firstReasonEvents(afterSale, report))
  if (Object.keys(earlierStages).length > 0) events.push({ type: 'EarlierStageFound', reached: earlierStages })
  const isNewestReport = afterSale.lastSeen === undefined || isNewer(report.stamp, afterSale.lastSeen)
  if (confirmed.length === 0 && !isNewestReport) return { events, effects }
  const seen = { stamp: report.stamp, facets: confirmed }
  const last = events.pop()
  events.push(last === undefined ? { type: 'RevisionSeen', seen } : { ...last, seen })
  return { events, effects }
}

/** An order known by its number only. It gets no stamp, so that any reported order replaces it. */
const orderFromNumber = ({ orderNumber, facets }: RecordObservation): { order?: OrderFacet } =>
  orderNumber === undefined || facets.order !== undefined ? {} : { order: { orderNumber, lines: [] } }

const reportedFacets = (report: RecordObservation): FacetName[] =>
  FACET_NAMES.filter((name) => report.facets[name] !== undefined)

// A cast: `EVENT_OF` gives each facet its own event, but the compiler cannot tie the type to the values.
const facetEventOf = (facet: FacetName, from: unknown, to: unknown): FacetEvent =>
  ({ type: EVENT_OF[facet], ...(from === undefined ? {} : { from }), to }) as FacetEvent

/**
 * The earliest reported date of the application is kept: after a re-application, platforms differ in which date they
 * show.
 */
function applicationEvents(afterSale: AfterSaleCase, { appliedAt }: RecordObservation): ReportEvent[] {
  if (appliedAt === undefined || (afterSale.appliedAt !== undefined && afterSale.appliedAt <= appliedAt)) return []
  return [{ type: 'ApplicationDated', appliedAt }]
}

function firstReasonEvents(afterSale: AfterSaleCase, report: RecordObservation): ReportEvent[] {
  const { reason, reasonCode } = report.facets
  const reported = {
    ...(reason !== undefined && isFirst(afterSale, report, 'reason', afterSale.firstReason) ? { reason } : {}),
    ...(reasonCode !== undefined && isFirst(afterSale, report, 'reasonCode', afterSale.firstReasonCode)
      ? { reasonCode }
      : {}),
  }
  return Object.keys(reported).length === 0
    ? []
    : [{ type: 'FirstReasonFound', ...reported, revision: report.stamp.revision }]
}

/** Whether the report is older than any that has shown this reason; at the same revision the content decides. */
function isFirst(
  { firstSaid }: AfterSaleCase,
  { stamp: { revision }, facets }: RecordObservation,
  facet: 'reason' | 'reasonCode',
  known: object | undefined,
): boolean {
  const since = firstSaid[facet]
  if (since === undefined || revision < since) return true
  return revision === since && canonicalText(facets[facet]) < canonicalText(known)
}
