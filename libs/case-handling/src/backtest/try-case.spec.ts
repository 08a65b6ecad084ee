import type { ArmedStrategy, Command, Facets, StoreTerms } from '#after-sale'
import { decide, defaultStoreTerms, fold, judge } from '#after-sale'
import type { CaseEvent } from '#after-sale'
import { HOUR, NOON, reported } from '../../../../test/support/cases'
import type { Step } from './steps'
import type { BacktestSetup, TriedCase } from './try-case'
import { tryCase } from './try-case'

const terms: StoreTerms = { ...defaultStoreTerms, returnAddressId: '900' }
const agreeAlways: ArmedStrategy = {
  reference: { id: '1', version: 1 },
  policy: 'returnReasonIsChosen',
  settings: { reasons: [], codes: [], matchesAllConfirmed: true },
  mode: 'live',
}
const trial = (...armed: ArmedStrategy[]): BacktestSetup => ({
  judge: (subject) => judge(subject, armed),
  termsOf: () => terms,
  wayOf: () => 'API',
})

const FOREVER = NOON + 10_000 * HOUR
const APPLIED: Partial<Facets> = {
  status: { status: 'awaiting-merchant-decision', raw: '6' },
  kind: { kind: 'return-and-refund' },
  amounts: { total: 8_900, legs: {} },
  reason: { text: '质量问题' },
  flags: [],
}
const waitingForReturn: Partial<Facets> = { status: { status: 'awaiting-buyer-return', raw: '7' } }
const refused: Partial<Facets> = { status: { status: 'refused', raw: '8' } }
const withdrawn: Partial<Facets> = { status: { status: 'closed', raw: '28', outcome: 'withdrawn' } }
const refunded: Partial<Facets> = { status: { status: 'succeeded', raw: '12', outcome: 'refunded' } }
const arbitrated: Partial<Facets> = { status: { status: 'platform-handling', raw: '9' } }

/** Reports, in hours after noon, each in a transaction of its own; a number alone is a deadline that passes then. */
function lived(...told_: readonly (readonly [hours: number, facets: Partial<Facets> | 'silence'])[]): Step[] {
  const events: CaseEvent[] = []
  return told_.map(([hours, said]) => {
    const at = NOON + hours * HOUR
    const command: Command =
      said === 'silence'
        ? { type: 'FireTimer', kind: 'SELLER_RESPONSE', due: NOON + 48 * HOUR, now: at }
        : reported(hours * HOUR, said)
    const decision = decide(fold(events), command)
    const step = { at, events: decision.type === 'decided' ? decision.events : [] }
    events.push(...step.events)
    return step
  })
}

const tried = (steps: Step[], ...armed: ArmedStrategy[]): TriedCase | undefined =>
  tryCase(steps, trial(...armed), FOREVER)

describe('a case that is tried', () => {
  it('ends at the first act, and what people did afterwards is compared with it', () => {
    const one = tried(lived([0, APPLIED], [5, refused], [6, arbitrated]), agreeAlways)
    expect(one).toMatchObject({
      says: 'approve',
      at: NOON,
      amount: 8_900,
      happened: 'rejected',
      through: 'people',
      disputed: true,
      looks: 1,
    })
  })

  it.each([
    ['agreed to by people', [5, waitingForReturn], 'agreed', 'people'],
    ['rejected', [5, refused], 'rejected', 'people'],
    ['withdrawn', [5, withdrawn], 'withdrawn', 'buyer'],
    ['taken over', [5, arbitrated], 'platform-stepped-in', 'platform'],
    [
      'agreed to by the platform’s automation',
      [5, { ...waitingForReturn, flags: ['auto-audit:7'] }],
      'agreed',
      'platform',
    ],
    ['refunded by default', [49, refunded], 'agreed', 'time'],
  ] as const)('knows that it was %s', (_name, later, happened, through) => {
    expect(tried(lived([0, APPLIED], later), agreeAlways)).toMatchObject({ happened, through })
  })

  it('is still open where nothing has happened since', () => {
    expect(tried(lived([0, APPLIED], [1, { amounts: { total: 100, legs: {} } }]), agreeAlways)).toMatchObject({
      happened: 'still-open',
      through: 'nobody',
    })
  })

  it('R168: keeps a deadline that people missed, if it acts before it', () => {
    const steps = lived([0, APPLIED], [48, 'silence'], [49, refunded])
    expect(tried(steps, agreeAlways)?.deadlines).toEqual({
      really: { met: 0, missed: 1 },
      tried: { met: 1, missed: 0 },
    })
    expect(tried(steps)?.deadlines).toEqual({ really: { met: 0, missed: 1 }, tried: { met: 0, missed: 1 } })
  })

  it('misses a deadline though it acts, if the case came to us too late', () => {
    const late = lived([0, { ...APPLIED, deadline: { due: NOON - HOUR, forRaw: '6' } }], [5, waitingForReturn])
    expect(tried(late, agreeAlways)?.deadlines).toEqual({ really: { met: 0, missed: 1 }, tried: { met: 0, missed: 1 } })
  })

  it('is judged once a transaction, with what was known then: a reason that comes later changes nothing before', () => {
    const onlyWrongGoods: ArmedStrategy = {
      ...agreeAlways,
      settings: { reasons: ['wrong-goods'], codes: [], matchesAllConfirmed: false },
    }
    const { reason: _reason, ...unknown } = APPLIED
    const steps = lived([0, unknown], [1, { reason: { text: '发错货' } }], [2, waitingForReturn])
    expect(tried(steps, onlyWrongGoods)).toMatchObject({ says: 'approve', at: NOON + HOUR, looks: 2 })
    expect(tried(steps.slice(0, 1), onlyWrongGoods)).toMatchObject({ says: 'unsure', looks: 1 })
    expect(tried(lived([0, APPLIED]), onlyWrongGoods)).toMatchObject({ says: 'leave' })
  })

  it('R147: is the platform’s where its automation has decided', () => {
    expect(tried(lived([0, { ...APPLIED, flags: ['auto-audit:7'] }]), agreeAlways)).toMatchObject({ says: 'expect' })
  })

  it('is silent where it never was our turn, and where no strategy is armed', () => {
    expect(tried(lived([0, { ...APPLIED, ...waitingForReturn }]), agreeAlways)).toMatchObject({
      says: 'silent',
      looks: 0,
    })
    expect(tried(lived([0, APPLIED]))).toMatchObject({ says: 'silent' })
    expect(tryCase([], trial(agreeAlways), FOREVER)).toBeUndefined()
  })

  it('does not do what the model refuses, as when live, and continues', () => {
    const notThere: BacktestSetup = { ...trial(agreeAlways), wayOf: () => 'NONE' }
    expect(tryCase(lived([0, APPLIED], [1, { amounts: { total: 5, legs: {} } }]), notThere, FOREVER)).toMatchObject({
      refused: ['NotOfferedHere', 'NotOfferedHere'],
      looks: 2,
    })
  })

  it('R172: counts by the first reason', () => {
    const steps = lived([0, APPLIED], [1, { reason: { text: '七天无理由退货' } }])
    expect(tried(steps, agreeAlways)).toMatchObject({ reason: 'quality' })
  })
})
