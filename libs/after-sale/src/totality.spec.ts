import fc from 'fast-check'
import { NOON, anyIdentity, aRefundRequest, caseAfter, eventsOf, reported } from '../../../test/support/cases'
import { CANARY, everyEvent, facetsFrom } from '../../../test/support/every-event'
import type { AfterSaleCase } from './case'
import { decide } from './decide'
import { BREACHES, DEADLINES, SOURCES } from './deadlines/deadline-kinds'
import { deadlinesOf, nextDeadlineOf } from './deadlines/deadlines'
import type { CaseEvent, CaseEventType } from './events'
import { evolve } from './evolve'
import type { Facets } from './facets'
import { EVENTS, GLOSSARY } from './glossary/glossary'
import { amountAtRiskOf, isRefundKind, formatYuan } from './money/money'
import { publicEventOf } from './public-events'
import type { DisputeStage, MoneyStage } from './glossary/rails'
import { DISPUTE_STAGES, MONEY_STAGES } from './glossary/rails'
import type { Status } from './glossary/status'
import { STATUSES } from './glossary/status'
import { timersOf } from './deadlines/timers'
import { turnOf } from './turn'
import type { Kind, Turn } from './glossary/vocabulary'
import { KINDS, TURNS } from './glossary/vocabulary'

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[]
const opened = (facets: Partial<Facets>): AfterSaleCase => caseAfter(reported(0, facets))
const statuses = keysOf(STATUSES)

const anyEvents = fc.array(fc.constantFrom(...everyEvent), { maxLength: 12 })

describe('every status with every kind', () => {
  it.each(statuses.flatMap((status) => keysOf(KINDS).map((kind) => [status, kind] as [Status, Kind])))(
    '%s, %s',
    (status, kind) => {
      const afterSale = opened(aRefundRequest({ status: { status, raw: 'x' }, kind: { kind } }))
      const shown = opened({
        ...aRefundRequest({ status: { status, raw: 'x' }, kind: { kind } }),
        deadline: { due: NOON, forRaw: 'x' },
      })
      const { final, turn } = STATUSES[status]
      expect(turnOf(afterSale)).toBe(turn)
      for (const deadline of [...deadlinesOf(afterSale), ...deadlinesOf(shown)]) {
        expect([keysOf(DEADLINES), keysOf(SOURCES), keysOf(BREACHES), keysOf(TURNS)]).toEqual([
          expect.arrayContaining([deadline.kind]) as string[],
          expect.arrayContaining([deadline.source]) as string[],
          expect.arrayContaining([deadline.onBreach]) as string[],
          expect.arrayContaining([deadline.turn]) as string[],
        ])
        expect(deadline.atRisk).toBe(deadline.turn === 'us' && isRefundKind(kind) ? 8900 : 0)
      }
      expect(deadlinesOf(shown)).toHaveLength(final || status === 'platform-handling' ? 0 : 1)
      expect(final).toBe(timersOf(shown).length === 0 && status !== 'platform-handling')
      expect(nextDeadlineOf(shown)).toEqual(deadlinesOf(shown)[0])
    },
  )
})

describe('every stage of a dispute', () => {
  const turns: Readonly<Record<DisputeStage, Turn>> = {
    none: 'buyer',
    negotiating: 'buyer',
    rejected: 'buyer',
    'platform-intervened': 'platform',
    'evidence-wanted': 'us',
    'evidence-given': 'platform',
    'ruled-for-buyer': 'buyer',
    'ruled-for-merchant': 'buyer',
    cancelled: 'buyer',
    appealed: 'buyer',
    decided: 'buyer',
  }
  it.each(keysOf(DISPUTE_STAGES))(
    '%s says whose turn it is while the case is open, and nothing once it is finished',
    (stage) => {
      const disputed = (status: Status): Turn => turnOf(opened({ status: { status, raw: 'x' }, dispute: { stage } }))
      expect([disputed('awaiting-buyer-return'), disputed('succeeded'), disputed('closed')]).toEqual([
        turns[stage],
        'nobody',
        'nobody',
      ])
    },
  )
})

describe('events', () => {
  it('of every type are tried here', () => {
    expect([...new Set(everyEvent.map(({ type }) => type))].sort()).toEqual(keysOf(EVENTS).sort())
  })

  it('of every type fold in every state, count one, and change nothing that they were given', () => {
    fc.assert(
      fc.property(anyEvents, fc.constantFrom(...everyEvent), (before, event) => {
        const afterSale = before.reduce<AfterSaleCase | undefined>(evolve, undefined)
        const frozen = JSON.stringify([afterSale, event])
        const after = evolve(afterSale, event)
        expect(JSON.stringify([afterSale, event])).toBe(frozen)
        if (afterSale === undefined) expect(after?.version).toBe(event.type === 'CaseOpened' ? 1 : undefined)
        else expect(after?.version).toBe(event.type === 'CaseOpened' ? afterSale.version : afterSale.version + 1)
        if (after !== undefined)
          expect([typeof turnOf(after), deadlinesOf(after).length >= 0]).toEqual(['string', true])
      }),
    )
  })

  it('are the same after they were written and read: nothing in them is lost in JSON', () => {
    const reread = JSON.parse(JSON.stringify(everyEvent)) as CaseEvent[]
    expect(reread).toEqual(everyEvent)
  })
})

describe('what is published', () => {
  const isPublished: Readonly<Record<CaseEventType, boolean>> = {
    ...(Object.fromEntries(keysOf(EVENTS).map((type) => [type, true])) as Record<CaseEventType, boolean>),
    BuyerKnown: false,
    RevisionSeen: false,
    FactsAttested: false,
    BuyerErased: false,
  }
  // Once he is erased, no state holds him, and the test would prove nothing.
  const anyEventsWithBuyer = anyEvents.map((events) => events.filter(({ type }) => type !== 'BuyerErased'))

  it('never holds the buyer, in no form, for no event in no state', () => {
    fc.assert(
      fc.property(anyEventsWithBuyer, fc.constantFrom(...everyEvent), (before, event) => {
        const afterSale = [...everyEvent.slice(0, 1), ...before].reduce<AfterSaleCase | undefined>(
          evolve,
          undefined,
        ) as AfterSaleCase
        expect(JSON.stringify(afterSale)).toContain(CANARY)
        const publicEvent = publicEventOf(event, afterSale)
        expect(publicEvent !== undefined).toBe(isPublished[event.type])
        expect(JSON.stringify(publicEvent) ?? '').not.toContain(CANARY)
      }),
    )
  })

  it('is flat, named consistently, and contains case, turn and amount', () => {
    const afterSale = opened(aRefundRequest())
    const [event] = eventsOf(reported(0, aRefundRequest()))
    expect(publicEventOf(event as CaseEvent, afterSale)).toEqual({
      type: 'case-opened.v1',
      data: {
        marketplace: 'anywhere',
        store: '7',
        caseNumber: anyIdentity.caseNumber,
        orderNumber: undefined,
        version: 1,
        kind: 'refund-only',
        status: 'awaiting-merchant-decision',
        turn: 'us',
        amountFen: 8900,
        atRiskFen: 8900,
        due: NOON + 48 * 3_600_000,
        change: aRefundRequest(),
      },
    })
    const names = new Set(everyEvent.flatMap((event) => publicEventOf(event, afterSale)?.type ?? []))
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.v1$/)
    expect(names.size).toBe(keysOf(EVENTS).length - 4)
  })
})

describe('the money at risk', () => {
  const stages: Readonly<Record<MoneyStage, number>> = {
    none: 8900,
    asked: 8900,
    advanced: 8900,
    refunding: 8900,
    refunded: 0,
    'partly-refunded': 8900,
    recovered: 0,
    failed: 8900,
  }
  it.each(keysOf(MONEY_STAGES).map((stage) => [stage, stages[stage]] as const))(
    'while the money is %s: %i fen',
    (stage, fen) => {
      expect(amountAtRiskOf(opened(aRefundRequest({ money: { stage } })))).toBe(fen)
    },
  )
  it.each(statuses)('%s: all that is asked while the case is open, nothing once it is finished', (status) => {
    expect(amountAtRiskOf(opened(aRefundRequest({ status: { status, raw: 'x' } })))).toBe(
      STATUSES[status].final ? 0 : 8900,
    )
  })
  it('of a case with an unknown amount is not made up', () => {
    expect(amountAtRiskOf(opened({ status: { status: 'awaiting-merchant-decision', raw: '6' } }))).toBe(0)
  })
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [100, '1.00'],
    [123456, '1234.56'],
  ])('%i fen are written %s', (fen, yuan) => expect(formatYuan(fen)).toBe(yuan))
})

describe('the glossary', () => {
  const words = Object.entries(GLOSSARY).flatMap(([table, terms]) =>
    Object.entries(terms).map(([word, term]) => [`${table}: ${word}`, term] as const),
  )
  it.each(words)('%s has a name in Chinese and one in English', (_, { zh, en }) => {
    expect(zh).toMatch(/^[\p{Script=Han}/、，（）]+$/u)
    expect(en).toMatch(/^[\x20-\x7e]+$/)
    expect([zh.trim(), en.trim()]).toEqual([zh, en])
  })
  it.each(Object.entries(GLOSSARY))('of %s has no word twice in one language', (_, terms) => {
    const all = Object.values(terms) as { zh: string; en: string }[]
    expect([new Set(all.map(({ zh }) => zh)).size, new Set(all.map(({ en }) => en)).size]).toEqual([
      all.length,
      all.length,
    ])
  })
})

describe('commands', () => {
  it('have an answer in every phase: nothing throws, refusals are values', () => {
    fc.assert(
      fc.property(
        anyEvents,
        fc.constantFrom(0, 1),
        fc.constantFrom(...keysOf(DEADLINES), 'RECHECK' as const),
        fc.nat(),
        (before, choice, kind, at) => {
          const afterSale = before.reduce<AfterSaleCase | undefined>(evolve, undefined)
          expect(decide(afterSale, reported(at, facetsFrom(choice))).type).toBe('decided')
          expect(decide(afterSale, { type: 'FireTimer', kind, due: NOON + at, now: NOON + at }).type).toBe(
            afterSale === undefined ? 'refused' : 'decided',
          )
        },
      ),
    )
  })
})
