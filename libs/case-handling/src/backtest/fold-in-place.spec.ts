import fc from 'fast-check'
import type { AfterSaleCase, CaseEvent, Command, Facets } from '#after-sale'
import { decide, evolve, fold } from '#after-sale'
import { requestOf, answerOf } from '../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, reported } from '../../../../test/support/cases'
import { foldInPlace } from './fold-in-place'

const STATUSES: readonly Facets['status'][] = [
  { status: 'awaiting-merchant-decision', raw: '6' },
  { status: 'awaiting-buyer-return', raw: '7' },
  { status: 'awaiting-merchant-receipt', raw: '11' },
  { status: 'refunding', raw: '12' },
  { status: 'succeeded', raw: '12', outcome: 'refunded' },
]

const facets: fc.Arbitrary<Partial<Facets>> = fc.record(
  {
    status: fc.constantFrom(...STATUSES),
    kind: fc.constantFrom({ kind: 'refund-only' } as const, { kind: 'return-and-refund' } as const),
    amounts: fc.integer({ min: 1, max: 9 }).map((n) => ({ total: n * 100, legs: {} })),
    reason: fc.constantFrom({ text: '质量问题' }, { text: '不想要了' }),
    reasonCode: fc.constantFrom({ code: '1' }, { code: '2' }),
    goods: fc.constantFrom({ stage: 'returning', parcels: [] } as const, { stage: 'received', parcels: [] } as const),
    money: fc.constantFrom({ stage: 'asked' } as const, { stage: 'refunded' } as const),
    dispute: fc.constantFrom({ stage: 'none' } as const, { stage: 'platform-intervened' } as const),
    flags: fc.constantFrom(['speed-refund'], ['auto-audit:7']),
    buyer: fc.constant({ sealed: 'x' }),
  },
  { requiredKeys: [] },
)

/** Reports out of order and repeated, deadlines that pass, an action of ours and its answer. */
const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -5, max: 5 }), facets)
      .map(([n, changedFacets]): Command => reported(n * SECOND, changedFacets)),
    fc.integer({ min: -5, max: 5 }).map((n): Command => reported(n * SECOND, {})),
    fc.integer({ min: -9, max: 0 }).map((n): Command => ({ ...reported(0, {}), appliedAt: NOON + n * HOUR })),
    fc.constant<Command>({
      type: 'FireTimer',
      kind: 'SELLER_RESPONSE',
      due: NOON + 48 * HOUR,
      now: NOON + 49 * HOUR,
    }),
    fc.constant<Command>(requestOf('approve-refund')),
    fc.constant<Command>(answerOf({ type: 'done' })),
  ),
  { minLength: 1, maxLength: 14 },
)

function decideAll(issuedCommands: readonly Command[]): CaseEvent[] {
  const events: CaseEvent[] = []
  for (const command of issuedCommands) {
    const afterSale = fold(events)
    // A request is accepted only with the newest revision.
    const judged = afterSale?.lastSeen?.revision ?? 0
    const decision = decide(afterSale, command.type === 'RequestAction' ? { ...command, judged } : command)
    if (decision.type === 'decided') events.push(...decision.events)
  }
  return events
}

describe('foldInPlace', () => {
  it('gives the same case as evolve after each event of any history', () => {
    const seenTypes = new Set<string>()
    fc.assert(
      fc.property(commands, (issuedCommands) => {
        const events = decideAll(issuedCommands)
        const eventsBefore = JSON.stringify(events)
        let copied: AfterSaleCase | undefined
        let mutated: AfterSaleCase | undefined
        for (const event of events) {
          seenTypes.add(event.type)
          copied = evolve(copied, event)
          mutated = foldInPlace(mutated, event)
          expect(mutated).toEqual(copied)
        }
        // The events themselves must not be changed.
        expect(JSON.stringify(events)).toBe(eventsBefore)
      }),
      { numRuns: 500, seed: 11 },
    )
    // The property proves nothing about events that its histories do not contain.
    for (const type of [
      'CaseOpened',
      'StatusMoved',
      'EarlierStageFound',
      'FirstReasonFound',
      'RevisionSeen',
      'ApplicationDated',
      'ActionIntended',
      'ActionAnswered',
      'DeadlinePassed',
    ])
      expect(seenTypes).toContain(type)
  })

  it('leaves unknown events to the model', () => {
    const opened = foldInPlace(
      undefined,
      decideAll([reported(0, { status: { status: 'refunding', raw: '12' } })])[0] as CaseEvent,
    )
    const unknownEvent = { type: 'GoodsBurnt', to: 1 } as unknown as CaseEvent
    expect(foldInPlace(opened, unknownEvent)).toEqual(evolve(opened, unknownEvent))
    expect(
      foldInPlace(undefined, { type: 'RevisionSeen', seen: { stamp: { revision: 1, observedAt: 1 }, facets: [] } }),
    ).toBeUndefined()
  })
})
