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
const setupWith = (...armed: ArmedStrategy[]): BacktestSetup => ({
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

/** A history of reports, in hours after noon, each in its own transaction; at a `silence` our deadline passes. */
function recordHistory(...reports: readonly (readonly [hours: number, facets: Partial<Facets> | 'silence'])[]): Step[] {
  const events: CaseEvent[] = []
  return reports.map(([hours, report]) => {
    const at = NOON + hours * HOUR
    const command: Command =
      report === 'silence'
        ? { type: 'FireTimer', kind: 'SELLER_RESPONSE', due: NOON + 48 * HOUR, now: at }
        : reported(hours * HOUR, report)
    const decision = decide(fold(events), command)
    const step = { at, events: decision.type === 'decided' ? decision.events : [] }
    events.push(...step.events)
    return step
  })
}

const runTrial = (steps: Step[], ...armed: ArmedStrategy[]): TriedCase | undefined =>
  tryCase(steps, setupWith(...armed), FOREVER)

describe('the trial of a recorded case', () => {
  it('stops judging at the first act, and compares it with what people did afterwards', () => {
    const triedCase = runTrial(recordHistory([0, APPLIED], [5, refused], [6, arbitrated]), agreeAlways)
    expect(triedCase).toMatchObject({
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
  ] as const)('finds that the application was %s', (_name, later, happened, through) => {
    expect(runTrial(recordHistory([0, APPLIED], later), agreeAlways)).toMatchObject({ happened, through })
  })

  it('finds the application still open if nothing has happened since', () => {
    expect(
      runTrial(recordHistory([0, APPLIED], [1, { amounts: { total: 100, legs: {} } }]), agreeAlways),
    ).toMatchObject({
      happened: 'still-open',
      through: 'nobody',
    })
  })

  it('R168: meets a deadline that people missed if the strategy acts before it', () => {
    const steps = recordHistory([0, APPLIED], [48, 'silence'], [49, refunded])
    expect(runTrial(steps, agreeAlways)?.deadlines).toEqual({
      really: { met: 0, missed: 1 },
      tried: { met: 1, missed: 0 },
    })
    expect(runTrial(steps)?.deadlines).toEqual({ really: { met: 0, missed: 1 }, tried: { met: 0, missed: 1 } })
  })

  it('misses a deadline that had passed before the case was reported', () => {
    const late = recordHistory([0, { ...APPLIED, deadline: { due: NOON - HOUR, forRaw: '6' } }], [5, waitingForReturn])
    expect(runTrial(late, agreeAlways)?.deadlines).toEqual({
      really: { met: 0, missed: 1 },
      tried: { met: 0, missed: 1 },
    })
  })

  it('judges once per transaction, with what was known then: a later reason does not change an earlier judgement', () => {
    const onlyWrongGoods: ArmedStrategy = {
      ...agreeAlways,
      settings: { reasons: ['wrong-goods'], codes: [], matchesAllConfirmed: false },
    }
    const { reason: _reason, ...unknown } = APPLIED
    const steps = recordHistory([0, unknown], [1, { reason: { text: '发错货' } }], [2, waitingForReturn])
    expect(runTrial(steps, onlyWrongGoods)).toMatchObject({ says: 'approve', at: NOON + HOUR, looks: 2 })
    expect(runTrial(steps.slice(0, 1), onlyWrongGoods)).toMatchObject({ says: 'unsure', looks: 1 })
    expect(runTrial(recordHistory([0, APPLIED]), onlyWrongGoods)).toMatchObject({ says: 'leave' })
  })

  it('R147: expects the platform to act if its automation has decided', () => {
    expect(runTrial(recordHistory([0, { ...APPLIED, flags: ['auto-audit:7'] }]), agreeAlways)).toMatchObject({
      says: 'expect',
    })
  })

  it('is silent if it was never our turn or no strategy is armed', () => {
    expect(runTrial(recordHistory([0, { ...APPLIED, ...waitingForReturn }]), agreeAlways)).toMatchObject({
      says: 'silent',
      looks: 0,
    })
    expect(runTrial(recordHistory([0, APPLIED]))).toMatchObject({ says: 'silent' })
    expect(tryCase([], setupWith(agreeAlways), FOREVER)).toBeUndefined()
  })

  it('continues after an act that the model refuses, as in live operation', () => {
    const withoutActions: BacktestSetup = { ...setupWith(agreeAlways), wayOf: () => 'NONE' }
    expect(
      tryCase(recordHistory([0, APPLIED], [1, { amounts: { total: 5, legs: {} } }]), withoutActions, FOREVER),
    ).toMatchObject({
      refused: ['NotOfferedHere', 'NotOfferedHere'],
      looks: 2,
    })
  })

  it('R172: takes the class of the first reason', () => {
    const steps = recordHistory([0, APPLIED], [1, { reason: { text: '七天无理由退货' } }])
    expect(runTrial(steps, agreeAlways)).toMatchObject({ reason: 'quality' })
  })
})
