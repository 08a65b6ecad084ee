import { answering, anyOf, asking, closing } from '../../../../test/trade/actions'
import { HOUR, NOON, SECOND, aRefundRequest, given, told } from '../../../../test/trade/cases'
import type { AfterSaleCase } from '../case'
import type { Command } from '../commands'
import { decide } from '../decide'
import type { Facets } from '../facets'
import { DEFAULT_TERMS } from '../terms'
import { textsOf } from '../texts/texts-of'
import { timersOf } from '../timers'
import { ALLOWED } from './allowed'
import type { IntentState } from './intent'
import { tasksOf } from './tasks'
import type { ActionName } from './vocabulary'
import { ACTIONS } from './vocabulary'
import { withoutTexts } from './without-texts'

const names = Object.keys(ACTIONS) as ActionName[]
const opened = told(0, aRefundRequest())
const refunding = (after: number, toldLater = 500) =>
  told(after, aRefundRequest({ status: { status: 'refunding', raw: '12' }, money: { stage: 'refunding' } }), toldLater)
const stateAfter = (...commands: Command[]): IntentState | undefined => given(opened, ...commands)?.intents?.[0]?.state
const reasonOf = (file: AfterSaleCase | undefined, command: Command): string => {
  const decision = decide(file, command)
  return decision.type === 'refused' ? decision.reason : 'decided'
}

describe('R035: a merchant has three answers to an application, as its kind and status allow', () => {
  it.each<[ActionName, Facets['kind']['kind'], string]>([
    ['approve-refund', 'refund-only', 'decided'],
    ['approve-return', 'return-and-refund', 'decided'],
    ['approve-return', 'refund-only', 'NotForThisKind'],
    ['approve-refund', 'exchange', 'NotForThisKind'],
  ])('%s of a case of the kind %s: %s', (name, kind, outcome) => {
    expect(reasonOf(given(told(0, aRefundRequest({ kind: { kind } }))), asking(name))).toBe(outcome)
  })

  it.each(['refund-only', 'return-and-refund', 'exchange', 'resend', 'repair'] as const)(
    'a case of the kind %s may be rejected, with a reason',
    (kind) => {
      const file = given(told(0, aRefundRequest({ kind: { kind } })))
      expect(reasonOf(file, asking({ name: 'reject', reason: '', explanation: '说明', evidence: [] }))).toBe(
        'ReasonMissing',
      )
    },
  )
})

describe('asking for an action', () => {
  it('intends it, and hands it to be carried out once, with its texts only there', () => {
    const decision = decide(given(opened), asking({ name: 'approve-refund', note: '张三，已同意退款' }))
    expect(decision).toMatchObject({
      events: [{ type: 'ActionIntended', intent: 'i-1', amount: 8900, way: 'API', action: { name: 'approve-refund' } }],
      effects: [{ type: 'Perform', intent: 'i-1', action: { name: 'approve-refund', note: '张三，已同意退款' } }],
    })
    expect(JSON.stringify((decision as { events: unknown }).events)).not.toContain('张三')
  })

  it('asked again with the same id, changes nothing: a double click is one refund', () => {
    expect(decide(given(opened, asking('approve-refund')), asking('approve-refund'))).toEqual({
      type: 'decided',
      events: [],
      effects: [],
    })
  })

  it('asked again with another id, is refused while the first is open', () => {
    expect(reasonOf(given(opened, asking('approve-refund')), asking('approve-refund', { intent: 'i-2' }))).toBe(
      'AlreadyDecided',
    )
  })

  it.each<[string, AfterSaleCase | undefined, Command, string]>([
    ['a case that nobody knows', undefined, asking('approve-refund'), 'NoSuchCase'],
    ['a case that changed since', given(opened, refunding(SECOND)), asking('approve-refund'), 'JudgedOldRevision'],
    [
      'a finished case',
      given(told(0, aRefundRequest({ status: { status: 'closed', raw: '28' } }))),
      asking('approve-refund'),
      'AlreadyFinished',
    ],
    ['a return of something that is not sent back', given(opened), asking('approve-return'), 'NotForThisKind'],
    [
      'money that is on its way',
      given(told(0, aRefundRequest({ money: { stage: 'refunding' } }))),
      asking('approve-refund'),
      'AlreadyDecided',
    ],
    [
      'a case that the buyer must move',
      given(told(0, aRefundRequest({ status: { status: 'awaiting-refusal', raw: 'x' } }))),
      asking('approve-refund'),
      'NotInThisStatus',
    ],
    [
      'a case that the platform decides',
      given(told(0, aRefundRequest({ dispute: { stage: 'platform-intervened' } }))),
      asking('reject'),
      'PlatformDecides',
    ],
    ['what the marketplace does not have', given(opened), asking('approve-refund', { way: 'NONE' }), 'NotOfferedHere'],
    [
      'two answers to one application',
      given(
        opened,
        asking('turn-into-refund', { intent: 'i-0' }),
        asking('approve-refusal', { intent: 'i-3', confirmed: ['CannotBeToldApart', 'ContactBuyerFirst'] }),
      ),
      asking('approve-refund'),
      'AnotherUnderWay',
    ],
  ])('is refused with a reason: %s', (_, file, command, reason) => {
    expect(reasonOf(file, command)).toBe(reason)
  })

  it.each([
    ['a fen less than it costs', 8899, 'BudgetExhausted'],
    ['exactly what it costs', 8900, 'decided'],
  ])('a strategy with %s left: %s', (_, budgetLeft, outcome) => {
    const by = { kind: 'strategy', id: 's', version: 1 } as const
    expect(reasonOf(given(opened), asking('approve-refund', { by, budgetLeft }))).toBe(outcome)
  })

  it('a strategy does not spend what it cannot count', () => {
    const { amounts: _untold, ...facets } = aRefundRequest()
    const by = { kind: 'strategy', id: 's', version: 1 } as const
    expect(reasonOf(given(told(0, facets)), asking('approve-refund', { by, budgetLeft: 1e9 }))).toBe('BudgetExhausted')
  })

  it.each(names)('%s has an answer in every status of every kind, and never throws', (name) => {
    const kinds = ['refund-only', 'return-and-refund', 'exchange', 'resend', 'repair'] as const
    const statuses = [
      'awaiting-merchant-decision',
      'awaiting-merchant-receipt',
      'refused',
      'platform-handling',
      'succeeded',
    ] as const
    const answers = kinds.flatMap((kind) =>
      statuses.map((status) =>
        reasonOf(given(told(0, aRefundRequest({ kind: { kind }, status: { status, raw: 'x' } }))), asking(name)),
      ),
    )
    expect(answers.every((answer) => answer.length > 0)).toBe(true)
    expect(ALLOWED[name]).toBeDefined()
  })

  it.each(names)('%s leaves no word that a person wrote, and nobody would read, in the case', (name) => {
    expect(textsOf(withoutTexts(anyOf[name]))).toEqual([])
  })
})

describe('what the marketplace answers', () => {
  it.each<[string, Command, IntentState]>([
    ['yes', answering({ type: 'done' }), 'answered'],
    ['no', answering({ type: 'refused', code: '11005' }), 'refused'],
    ['that the case had changed', answering({ type: 'stale', code: '20309541' }), 'stale'],
    ['nothing usable', answering({ type: 'in-doubt' }), 'in-doubt'],
  ])('%s', (_, answer, state) => {
    expect(stateAfter(asking('approve-refund'), answer)).toBe(state)
  })

  it('a yes, a doubt and a change are looked at; a no is not', () => {
    const looks = (
      [{ type: 'done' }, { type: 'in-doubt' }, { type: 'stale', code: '1' }, { type: 'refused', code: '1' }] as const
    ).map((answer) => {
      const decision = decide(given(opened, asking('approve-refund')), answering(answer))
      return decision.type === 'decided' && decision.effects.length
    })
    expect(looks).toEqual([1, 1, 1, 0])
  })

  it('a yes that comes after a doubt counts; a doubt after a yes does not', () => {
    expect(stateAfter(asking('approve-refund'), answering({ type: 'in-doubt' }), answering({ type: 'done' }))).toBe(
      'answered',
    )
    expect(stateAfter(asking('approve-refund'), answering({ type: 'done' }), answering({ type: 'in-doubt' }))).toBe(
      'answered',
    )
  })

  it('an answer to nothing is refused by name', () =>
    expect(reasonOf(given(opened), answering({ type: 'done' }))).toBe('NoSuchIntent'))
})

describe('what the marketplace shows', () => {
  const doubt = [asking('approve-refund'), answering({ type: 'in-doubt' })]
  const settled = 61 * SECOND + DEFAULT_TERMS.settle

  it.each<[string, Command, IntentState]>([
    ['the refund', refunding(62 * SECOND), 'confirmed'],
    [
      'a withdrawal instead',
      told(62 * SECOND, aRefundRequest({ status: { status: 'closed', outcome: 'withdrawn', raw: '28' } })),
      'overtaken',
    ],
    [
      'nothing new, a moment before a late call can no longer arrive',
      told(0, aRefundRequest(), settled - 1),
      'in-doubt',
    ],
    ['nothing new, when a late call can no longer arrive', told(0, aRefundRequest(), settled), 'lapsed'],
  ])('of one in doubt: %s', (_, report, state) => {
    expect(stateAfter(...doubt, report)).toBe(state)
  })

  it('an action that was not sent yet is not ended by a report: somebody may be sending it now', () => {
    expect(stateAfter(asking('approve-refund'), refunding(62 * SECOND))).toBe('intended')
    expect(stateAfter(asking('approve-refund'), refunding(62 * SECOND), answering({ type: 'stale', code: '1' }))).toBe(
      'stale',
    )
  })

  it('an agreed return is confirmed by what follows it, and only by what is newer than the judged revision', () => {
    const applied: Partial<Facets> = aRefundRequest({ kind: { kind: 'return-and-refund' } })
    const agreed = { ...applied, status: { status: 'awaiting-buyer-return' as const, raw: '7' } }
    const end = (...more: Command[]) =>
      given(told(0, applied), asking('approve-return'), answering({ type: 'done' }), ...more)?.intents?.[0]?.state
    expect(end(told(63 * SECOND, agreed))).toBe('confirmed')
    expect(end(told(63 * SECOND, applied))).toBe('answered')
  })

  it('is looked at again until it is settled', () => {
    const dueOf = (...commands: Command[]) =>
      timersOf(given(opened, ...commands) as AfterSaleCase).find((t) => t.kind === 'SETTLE')?.due
    expect(dueOf(asking('approve-refund'))).toBeUndefined()
    expect(dueOf(...doubt)).toBe(NOON + settled)
    expect(dueOf(...doubt, refunding(62 * SECOND))).toBeUndefined()
    const answered = [asking('approve-refund'), answering({ type: 'done' })]
    expect(dueOf(...answered, told(0, aRefundRequest(), settled + HOUR)) as number).toBeGreaterThan(
      NOON + settled + HOUR,
    )
  })
})

describe('by hand', () => {
  const byHand = asking('approve-refund', { way: 'ASSISTED' })
  const attest: Command = { type: 'AttestAction', intent: 'i-1', by: { kind: 'person', id: 'lin' }, now: NOON + HOUR }

  it('nothing is sent; a person attests; only the marketplace confirms', () => {
    expect(decide(given(opened), byHand)).toMatchObject({ effects: [] })
    expect(stateAfter(byHand, attest)).toBe('attested')
    expect(stateAfter(byHand, attest, refunding(2 * HOUR))).toBe('confirmed')
    expect(stateAfter(byHand, refunding(2 * HOUR))).toBe('confirmed')
  })

  it('what no report ever shows ends with the word of the person', () => {
    expect(stateAfter(asking('negotiate', { way: 'ASSISTED' }), attest)).toBe('confirmed')
  })

  it.each<[string, Command[], string]>([
    ['what a call carries out', [asking('approve-refund')], 'NotAwaitingAttestation'],
    ['nothing', [], 'NoSuchIntent'],
    ['twice', [byHand, attest], 'decided'],
  ])('attesting %s', (_, commands, outcome) => {
    expect(reasonOf(given(opened, ...commands), attest)).toBe(outcome)
  })
})

describe('what people must see to', () => {
  const reasons = (...commands: Command[]) =>
    tasksOf(given(opened, ...commands) as AfterSaleCase, DEFAULT_TERMS).map((t) => t.reason)
  it.each<[string, Command[], string[]]>([
    ['an action by hand', [asking('approve-refund', { way: 'ASSISTED' })], ['to-be-done-by-hand']],
    ['an action in doubt', [asking('approve-refund'), answering({ type: 'in-doubt' })], ['in-doubt']],
    ['one that was refused', [asking('approve-refund'), answering({ type: 'refused', code: '1' })], ['refused']],
    [
      'one that was refused, when the case has moved on',
      [asking('approve-refund'), answering({ type: 'refused', code: '1' }), refunding(HOUR)],
      [],
    ],
    ['one that was sent, and is shown', [asking('approve-refund'), answering({ type: 'done' }), refunding(HOUR)], []],
  ])('%s', (_, commands, expected) => {
    expect(reasons(...commands)).toEqual(expected)
  })

  it('a doubt is shown within a minute', () => {
    const [task] = tasksOf(
      given(opened, asking('approve-refund'), answering({ type: 'in-doubt' })) as AfterSaleCase,
      DEFAULT_TERMS,
    )
    expect(task?.due).toBe(NOON + 121 * SECOND)
  })

  it('what was not sent is withdrawn; what was sent is settled by looking', () => {
    expect(stateAfter(asking('approve-refund'), closing('withdrawn'))).toBe('withdrawn')
    expect(stateAfter(asking('approve-refund'), answering({ type: 'in-doubt' }), closing('lapsed'))).toBe('lapsed')
    expect(
      reasonOf(given(opened, asking('approve-refund'), answering({ type: 'in-doubt' })), closing('withdrawn')),
    ).toBe('NotAwaitingAttestation')
    expect(reasonOf(given(opened, asking('approve-refund')), closing('confirmed'))).toBe('NotAwaitingAttestation')
  })
})
