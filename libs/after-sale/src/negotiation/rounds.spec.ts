import fc from 'fast-check'
import { HOUR, NOON } from '../../../../test/support/cases'
import type { NegotiationRound } from '../actions/facts/facts'
import { latestStartOf, negotiationOf, nextStepOf } from './rounds'
import { DEFAULT_NEGOTIATION as terms } from './terms'

const ROUND_WAIT = terms.wait.value
const first: NegotiationRound = { startedAt: NOON }
const silent = [{ startedAt: NOON }, { startedAt: NOON + ROUND_WAIT }]
const at = (rounds: readonly NegotiationRound[], now: number) => negotiationOf(rounds, terms, now)

describe('R016, R052: a round waits for the buyer', () => {
  it.each([
    ['the moment it starts', {}, NOON, 'waiting'],
    ['a moment before our default wait is over', {}, NOON + ROUND_WAIT - 1, 'waiting'],
    ['when our default wait is over', {}, NOON + ROUND_WAIT, 'silent'],
    [
      'a moment before the platform’s own time',
      { replyDue: NOON + 2 * ROUND_WAIT },
      NOON + 2 * ROUND_WAIT - 1,
      'waiting',
    ],
    ['at the platform’s own time', { replyDue: NOON + 2 * ROUND_WAIT }, NOON + 2 * ROUND_WAIT, 'silent'],
    ['a moment before the reply', { repliedAt: NOON + HOUR }, NOON + HOUR - 1, 'waiting'],
    ['at the reply', { repliedAt: NOON + HOUR }, NOON + HOUR, 'replied'],
  ] as const)('%s', (_when, attested, now, state) => {
    expect(at([{ ...first, ...attested }], now).rounds).toMatchObject([{ number: 1, state }])
  })

  it('by the platform’s time where it shows one, by our default where it does not', () => {
    expect(
      at([first, { startedAt: NOON, replyDue: NOON + 1 }], NOON).rounds.map(({ due, source }) => [due, source]),
    ).toEqual([
      [NOON + ROUND_WAIT, 'ASSUMED'],
      [NOON + 1, 'OBSERVED'],
    ])
  })
})

describe('R055: two rounds must be over before a rejection', () => {
  it.each([
    ['no round', [], NOON, [0, true, false]],
    ['one that waits', [first], NOON, [0, false, false]],
    ['one that is over (R054: a second may follow)', [first], NOON + ROUND_WAIT, [1, true, false]],
    ['a second that waits', silent, NOON + 2 * ROUND_WAIT - 1, [1, false, false]],
    ['two that are over', silent, NOON + 2 * ROUND_WAIT, [2, false, true]],
    ['a third that waits', [...silent, { startedAt: NOON + 2 * ROUND_WAIT }], NOON + 2 * ROUND_WAIT, [2, false, false]],
  ] as const)('%s', (_which, rounds, now, [finished, mayStart, mayReject]) => {
    expect(at(rounds, now)).toMatchObject({ finished, mayStart, mayReject })
  })

  it('and how many is a setting', () => {
    const oneRoundTerms = { ...terms, rounds: { ...terms.rounds, value: 1 } }
    expect(negotiationOf([first], oneRoundTerms, NOON + ROUND_WAIT).mayReject).toBe(true)
  })

  it('in any order of rounds; what has not happened yet changes nothing', () => {
    const anyRound = fc.record({
      startedAt: fc.nat(100).map((h) => NOON + h * HOUR),
      repliedAt: fc.option(
        fc.nat(200).map((h) => NOON + h * HOUR),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(fc.array(anyRound, { maxLength: 4 }), fc.nat(100), (rounds, hour) => {
        const now = NOON + hour * HOUR
        const attested = rounds.map(({ startedAt, repliedAt }) =>
          repliedAt === undefined ? { startedAt } : { startedAt, repliedAt: Math.max(startedAt, repliedAt) },
        )
        const later = { startedAt: now + 1 }
        const shape = (list: readonly NegotiationRound[]) => {
          const { finished, waiting, mayStart, mayReject } = at(list, now)
          return { finished, waiting, mayStart, mayReject }
        }
        expect(shape([...attested].reverse())).toEqual(shape(attested))
        expect(shape([...attested, later])).toEqual(shape(attested))
        const { mayStart, mayReject, waiting } = shape(attested)
        expect([mayStart, mayReject, waiting].filter(Boolean)).toHaveLength(1)
      }),
    )
  })
})

describe('the next step', () => {
  const nextStep = (rounds: readonly NegotiationRound[], now: number) => nextStepOf(at(rounds, now), terms, now)

  it.each([
    [
      'R048: a first round, at once',
      [],
      NOON,
      { step: 'start-round', round: 1, due: NOON, rule: 'R048', source: 'DERIVED' },
    ],
    [
      'R054: a second one when the wait is over',
      [first],
      NOON,
      { step: 'start-round', round: 2, due: NOON + ROUND_WAIT, rule: 'R054', source: 'ASSUMED' },
    ],
    [
      'R054: a second one from the reply on',
      [{ ...first, repliedAt: NOON + HOUR }],
      NOON + 2 * HOUR,
      { step: 'start-round', round: 2, due: NOON + HOUR, rule: 'R054', source: 'OBSERVED' },
    ],
    [
      'R055: rejecting when the second wait is over',
      silent,
      NOON + ROUND_WAIT,
      { step: 'reject', due: NOON + 2 * ROUND_WAIT, rule: 'R055', source: 'ASSUMED' },
    ],
  ] as const)('is %s', (_what, rounds, now, step) => {
    expect(nextStep(rounds, now)).toEqual(step)
  })

  it('R055: is possible when it says so, and not a moment earlier', () => {
    const { due } = nextStep(silent, NOON + ROUND_WAIT)
    expect([at(silent, due - 1).mayReject, at(silent, due).mayReject]).toEqual([false, true])
  })
})

describe('R089: the buyer is not kept waiting until the merchant’s time is over', () => {
  const sellerDue = NOON + 48 * HOUR
  it.each([
    ['two rounds are left', [], sellerDue - 2 * ROUND_WAIT],
    ['one is left', [first], sellerDue - ROUND_WAIT],
    ['none is left', silent, undefined],
  ])('%s', (_left, rounds, due) => {
    expect(latestStartOf(sellerDue, at(rounds, NOON + ROUND_WAIT), terms)?.due).toBe(due)
  })
})
