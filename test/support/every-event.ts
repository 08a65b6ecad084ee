/** Two values for every facet, and events of every type, for tests that must cover all of them. */
import { ACTION_WARNINGS } from '../../libs/after-sale/src/actions/request/refusals'
import type { CaseEvent } from '../../libs/after-sale/src/events'
import type { FacetName, Facets } from '../../libs/after-sale/src/facets'
import { FACET_NAMES } from '../../libs/after-sale/src/facets'
import { answerOf, requestOf, closeOf } from './action-commands'
import { NOON, SECOND, aRefundRequest, eventsOf, reported } from './cases'

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[]

/** The buyer's personal data in every fixture. No public event may contain it. */
export const CANARY = 'canary-of-the-buyer'
/** The two values of each facet differ, so that reporting the second after the first is a change. */
export const TWO_VALUES_PER_FACET: { readonly [F in FacetName]: readonly [Facets[F], Facets[F]] } = {
  status: [
    { status: 'awaiting-merchant-decision', raw: '6' },
    { status: 'succeeded', outcome: 'refunded', raw: '12' },
  ],
  kind: [{ kind: 'refund-only' }, { kind: 'exchange' }],
  amounts: [
    { total: 8900, legs: {} },
    { total: 1, legs: { GOODS: 1 } },
  ],
  amountAgreed: [{ total: 8900 }, { total: 5000 }],
  amountRefunded: [{ total: 8900 }, { total: 1744 }],
  reason: [{ text: '不想要了' }, { text: '质量问题' }],
  reasonCode: [{ code: '1' }, { code: '2' }],
  deadline: [
    { due: NOON + SECOND, forRaw: '6' },
    { due: null, forRaw: '6' },
  ],
  order: [
    { orderNumber: '1', lines: [] },
    { orderNumber: '1', lines: [{ lineId: '1' }] },
  ],
  goods: [
    { stage: 'returning', parcels: [] },
    { stage: 'received', parcels: [] },
  ],
  money: [{ stage: 'asked' }, { stage: 'refunded', payer: 'merchant' }],
  dispute: [{ stage: 'evidence-wanted' }, { stage: 'platform-intervened' }],
  buyer: [
    {
      sealed: `${CANARY}-1`,
      nameMask: CANARY,
      phoneMask: CANARY,
      nameHash: CANARY,
      phoneHash: CANARY,
      phoneTailHash: CANARY,
    },
    { sealed: `${CANARY}-2` },
  ],
  flags: [['speed-refund'], []],
}
/** All facets, each with its first or second value. */
export const facetsFrom = (choice: number): Partial<Facets> =>
  Object.fromEntries(
    FACET_NAMES.map((name) => [name, TWO_VALUES_PER_FACET[name][choice] ?? TWO_VALUES_PER_FACET[name][0]]),
  ) as Partial<Facets>

/** At least one event of every type, produced by the model itself. */
export const everyEvent: readonly CaseEvent[] = [
  ...eventsOf(
    { ...reported(0, facetsFrom(0)), appliedAt: NOON },
    { ...reported(SECOND, facetsFrom(1)), appliedAt: NOON - SECOND },
  ),
  ...eventsOf(reported(0, facetsFrom(0)), {
    type: 'FireTimer',
    kind: 'SELLER_RESPONSE',
    due: NOON + SECOND,
    now: NOON + SECOND,
  }),
  ...eventsOf(reported(0, aRefundRequest()), reported(SECOND, aRefundRequest())),
  ...eventsOf(reported(SECOND, facetsFrom(1)), reported(0, facetsFrom(0))),
  ...eventsOf(
    reported(0, aRefundRequest()),
    requestOf('approve-refund'),
    answerOf({ type: 'in-doubt' }),
    reported(0, aRefundRequest(), 200 * SECOND),
  ),
  ...eventsOf(reported(0, aRefundRequest()), requestOf('approve-refund'), closeOf('withdrawn')),
  ...eventsOf(reported(0, aRefundRequest()), {
    type: 'AttestFacts',
    facts: { chatExists: true },
    by: { kind: 'person', id: 'lin' },
    now: NOON,
  }),
  ...eventsOf(reported(0, aRefundRequest()), { type: 'EraseBuyer', why: 'buyer-asked', by: 'lin', now: NOON }),
  ...eventsOf(
    reported(0, aRefundRequest()),
    requestOf('approve-refund', { way: 'ASSISTED' }),
    { type: 'AttestAction', intent: 'i-1', by: { kind: 'person', id: 'lin' }, now: NOON + SECOND },
    reported(SECOND, aRefundRequest({ money: { stage: 'refunded' } })),
  ),
  ...eventsOf(
    reported(0, aRefundRequest({ dispute: { stage: 'ruled-for-buyer' } })),
    requestOf('appeal', {
      way: 'ASSISTED',
      action: {
        name: 'appeal',
        items: [{ kind: 'liability', text: '说明' }],
        evidence: [{ hash: 'aa', kind: 'image' }],
      },
      confirmed: keysOf(ACTION_WARNINGS),
    }),
    { type: 'AttestAction', intent: 'i-1', by: { kind: 'person', id: 'lin' }, now: NOON + SECOND },
    {
      type: 'RecordAppealResult',
      appeal: 'i-1',
      kind: 'liability',
      result: 'won',
      decidedAt: NOON,
      by: { kind: 'person', id: 'lin' },
      now: NOON + SECOND,
    },
  ),
  ...eventsOf(
    reported(0, aRefundRequest()),
    requestOf('approve-refund'),
    answerOf({ type: 'done' }),
    reported(SECOND, aRefundRequest({ status: { status: 'closed', outcome: 'withdrawn', raw: '28' } })),
  ),
]
