import fc from 'fast-check'
import { decide } from '../decide'
import type { RecordObservation } from '../commands'
import type { Facets } from '../facets'
import { NOON, SECOND, aRefundRequest, eventsOf, given, reported } from '../../../../test/support/cases'

const typesOf = (...reports: RecordObservation[]): string[] => eventsOf(...reports).map((e) => e.type)

describe("a marketplace's report", () => {
  it('opens the case with everything that was reported', () => {
    const opened = given(reported(0, aRefundRequest()))
    expect(opened).toMatchObject({
      version: 1,
      firstReason: { text: '不想要了' },
      firstReasonCode: { code: '1' },
      amounts: { total: 8900 },
    })
    expect(opened?.reached).toEqual({ 'status:6': NOON })
  })

  it('changes nothing when it is reported twice', () => {
    const report = reported(0, aRefundRequest())
    expect(decide(given(report), report)).toEqual({ type: 'decided', events: [], effects: [] })
  })

  it('never moves a case back: an older report only fills its history (F7)', () => {
    const late = reported(-10 * SECOND, { status: { status: 'awaiting-merchant-decision', raw: '6' } })
    const afterSale = given(reported(0, { status: { status: 'awaiting-buyer-return', raw: '7' } }), late)
    expect(afterSale?.status).toEqual({ status: 'awaiting-buyer-return', raw: '7' })
    expect(afterSale?.reached).toEqual({ 'status:7': NOON, 'status:6': NOON - 10 * SECOND })
  })

  it('R172: the first reason stays, whatever the buyer changes it to', () => {
    const afterSale = given(
      reported(0, aRefundRequest()),
      reported(SECOND, { reason: { text: '七天无理由' }, reasonCode: { code: '2' } }),
    )
    expect([afterSale?.reason, afterSale?.reasonCode]).toEqual([{ text: '七天无理由' }, { code: '2' }])
    expect([afterSale?.firstReason, afterSale?.firstReasonCode]).toEqual([{ text: '不想要了' }, { code: '1' }])
  })

  it('R172: the first reason is found also when its message comes last', () => {
    const afterSale = given(
      reported(SECOND, { reason: { text: '七天无理由' } }),
      reported(0, { reason: { text: '质量问题' } }),
    )
    expect(afterSale?.firstReason).toEqual({ text: '质量问题' })
    expect(afterSale?.reason).toEqual({ text: '七天无理由' })
  })

  it('R174: another amount is a revision of the same case', () => {
    const changed = reported(SECOND, { amounts: { total: 5000, legs: {} } })
    expect(typesOf(reported(0, aRefundRequest()), changed)).toEqual(['CaseOpened', 'AmountsChanged'])
  })

  it('another kind is a revision of the same case', () => {
    const changed = reported(SECOND, { kind: { kind: 'return-and-refund' } })
    expect(typesOf(reported(0, aRefundRequest()), changed)).toEqual(['CaseOpened', 'KindChanged'])
  })

  it('names the order before it is reported, and does not forget the lines when it is only named again', () => {
    const order = { orderNumber: '190228-355530178612389', lines: [{ lineId: '1', title: '小兔子T恤' }] }
    const named = { ...reported(SECOND, aRefundRequest()), orderNumber: order.orderNumber }
    const listed = reported(0, { order })
    expect(given(named)?.order).toEqual({ orderNumber: order.orderNumber, lines: [] })
    expect(given(named, listed)?.order).toEqual(order)
    expect(given(listed, named)?.order).toEqual(order)
  })

  it('does not treat a message with only the words of a reason as another reason', () => {
    const words = aRefundRequest({ reason: { text: '质量问题' }, reasonCode: { code: '9' } })
    expect(typesOf(reported(0, words), reported(SECOND, { reason: { text: '质量问题' } }))).toEqual([
      'CaseOpened',
      'RevisionSeen',
    ])
  })

  it('has the case read when two reports of one revision differ', () => {
    const afterSale = given(reported(0, aRefundRequest()))
    const decision = decide(afterSale, reported(0, { status: { status: 'refunding', raw: '12' } }, 900))
    expect(decision).toMatchObject({ effects: [{ type: 'ReadCase', why: 'conflict' }] })
  })

  it('records when nothing but the revision is new', () => {
    const report = aRefundRequest()
    expect(typesOf(reported(0, report), reported(SECOND, report))).toEqual(['CaseOpened', 'RevisionSeen'])
  })
})

const anyFacets: fc.Arbitrary<Partial<Facets>> = fc.record(
  {
    status: fc.constantFrom(
      { status: 'awaiting-merchant-decision', raw: '6' } as const,
      { status: 'awaiting-buyer-return', raw: '7' } as const,
      { status: 'succeeded', outcome: 'refunded', raw: '12' } as const,
    ),
    amounts: fc.constantFrom({ total: 100, legs: {} }, { total: 200, legs: {} }),
    reason: fc.constantFrom({ text: 'a' }, { text: 'b' }),
    reasonCode: fc.constantFrom({ code: '9' }, { code: '78' }),
    deadline: fc.constantFrom({ due: NOON, forRaw: '6' }, { due: null, forRaw: '12' }),
    money: fc.constantFrom({ stage: 'asked' } as const, { stage: 'refunded' } as const),
  },
  { requiredKeys: [] },
)

const anyHistory = fc.array(
  fc.record({ revision: fc.integer({ min: 0, max: 4 }), later: fc.integer({ min: 0, max: 3 }), facets: anyFacets }),
  { minLength: 2, maxLength: 6 },
)

/** Everything that people and policies see. The version is left out: it counts how often the state was confirmed. */
const visibleStateOf = (reports: RecordObservation[]): unknown => {
  const { version: _v, openedAt: _o, ...rest } = given(...reports) ?? { version: 0, openedAt: 0 }
  return rest
}

describe('reports in any order, any number of times (F5, F6)', () => {
  it('end in one and the same case', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.nat()), (history, dice) => {
        const reports = history.map((h) => reported(h.revision * SECOND, h.facets, h.later * 100))
        const shuffled = [...reports, ...reports.slice(0, 2)]
          .map((r) => [dice.next().value as number, r] as const)
          .sort(([a], [b]) => a - b)
          .map(([, r]) => r)
        expect(visibleStateOf(shuffled)).toEqual(visibleStateOf(reports))
      }),
      { numRuns: 2_000 },
    )
  })
})
