import fc from 'fast-check'
import { evolve, publicEventOf } from '#after-sale'
import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { NOON, anyIdentity } from '../../../../test/support/cases'
import { EVERY, SECRETS, STREAM, by, facets, strategy } from '../../test/every-event'
import { CASE_EVENTS } from './case-events'
import { toRecord } from './cloud-event'
import { eventOf, snapshotEventOf } from './outgoing-events'
import { validateIncoming, validateOutgoing } from './validation'

const opened = evolve(undefined, EVERY.CaseOpened)
const known = evolve(opened, { type: 'BuyerKnown', to: facets.buyer })
const full: AfterSaleCase = evolve(known, { ...EVERY.ActionIntended, by }) as AfterSaleCase

const asStored = (body: unknown): unknown => JSON.parse(JSON.stringify(body))
const published = (
  event: CaseEvent,
  after: AfterSaleCase = full,
): { type: string; data: unknown; whole: string } | undefined => {
  const said = publicEventOf(event, after)
  if (said === undefined) return undefined
  const message = eventOf({
    tx: '1',
    position: 1,
    org: 1,
    stream: STREAM,
    version: 1,
    type: said.type,
    body: asStored(said.data),
    recorded_at: NOON,
  })
  const { value, headers, key } = toRecord(message)
  return { type: said.type, data: message.data, whole: `${key} ${JSON.stringify(headers)} ${value.toString()}` }
}
const snapshot = snapshotEventOf(1, STREAM, full, NOON)

describe('the published events of a case', () => {
  it.each(Object.values(EVERY).map((event) => ({ type: event.type, event })))(
    'is valid by its schema, for others and for ourselves: $type',
    ({ event }) => {
      const said = published(event)
      expect(said && [validateOutgoing(said.type, said.data), validateIncoming(said.type, said.data)]).toEqual(
        said && [undefined, undefined],
      )
    },
  )

  it('has a schema for every type, and no schema for what is never published', () => {
    const types = Object.values(EVERY).flatMap((event) => published(event)?.type ?? [])
    expect([...new Set(types)].sort()).toEqual(Object.keys(CASE_EVENTS).sort())
  })

  it('is valid where hardly anything is known, too', () => {
    const bare = evolve(undefined, {
      type: 'CaseOpened',
      identity: anyIdentity,
      openedAt: NOON,
      facets: {},
    }) as AfterSaleCase
    const said = published({ type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, facets: {} }, bare)
    expect(said && validateOutgoing(said.type, said.data)).toBeUndefined()
    expect(validateOutgoing('case-snapshot.v1', snapshotEventOf(1, STREAM, bare, NOON).data)).toBeUndefined()
  })

  it('is valid as a snapshot, with its actions', () => {
    expect(validateOutgoing(snapshot.type, snapshot.data)).toBeUndefined()
    expect(snapshot.data).toMatchObject({
      turn: 'us',
      atRiskFen: 900,
      amounts: { total: 8900 },
      amountAgreed: { total: 8900 },
      amountRefunded: { total: 8000 },
      actions: [{ intent: 'i-1', action: 'reject', by: { kind: 'person' }, state: 'intended' }],
    })
  })

  it('names a strategy, which is no person', () => {
    expect(published({ ...EVERY.ActionIntended, by: strategy })?.data).toMatchObject({ change: { by: strategy } })
  })
})

describe('the snapshot that was published last', () => {
  const bare: CaseEvent = { type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, facets: {} }
  const stageSeen: CaseEvent = {
    ...EVERY.StatusMoved,
    seen: { stamp: { revision: NOON + 9_000, observedAt: NOON + 9_000 }, facets: ['status'] },
  }
  const anyHistory = fc.array(fc.constantFrom(stageSeen, ...Object.values(EVERY)), { maxLength: 12 })
  const asTold = (afterSale: AfterSaleCase | undefined): unknown =>
    afterSale && { ...(snapshotEventOf(1, STREAM, afterSale, NOON).data as object), version: 0 }
  const outdates = (history: readonly CaseEvent[], event: CaseEvent): boolean => {
    const before = [bare, ...history].reduce<AfterSaleCase | undefined>(evolve, undefined)
    return JSON.stringify(asTold(before)) !== JSON.stringify(asTold(evolve(before, event)))
  }

  it('is not outdated by an event that is not published', () => {
    const silent = Object.values(EVERY).filter((event) => published(event) === undefined)
    expect(silent.map(({ type }) => type)).toEqual(['BuyerKnown', 'RevisionSeen', 'FactsAttested'])
    fc.assert(fc.property(anyHistory, fc.constantFrom(...silent), (history, event) => !outdates(history, event)))
  })

  it.each<readonly [string, readonly CaseEvent[], CaseEvent]>([
    ['the day of the application', [], EVERY.ApplicationDated],
    ['since when it has been waiting for the merchant, and so until when', [stageSeen], EVERY.EarlierStageFound],
    [
      'the end of an appeal',
      [
        { ...EVERY.ActionIntended, action: { name: 'appeal', items: [] } as never },
        { ...EVERY.ActionAnswered, answer: { type: 'done' } },
      ],
      EVERY.AppealItemDecided,
    ],
  ])('is by %s', (_what, history, event) => {
    expect([outdates(history, event), published(event)]).toEqual([true, expect.anything()])
  })
})

describe('personal data', () => {
  it('are in what we know of the case: the canary lives', () => {
    const inside = JSON.stringify([full, Object.values(EVERY)])
    expect(SECRETS.filter((secret) => !inside.includes(secret))).toEqual([])
  })

  it.each(Object.values(EVERY).map((event) => ({ type: event.type, event })))(
    'do not leave with $type',
    ({ event }) => {
      expect(SECRETS.filter((secret) => published(event)?.whole.includes(secret))).toEqual([])
    },
  )

  it('do not leave with a snapshot', () => {
    const whole = JSON.stringify(snapshot)
    expect(SECRETS.filter((secret) => whole.includes(secret))).toEqual([])
  })

  it('are stopped where a developer forgets: an undocumented field is not published', () => {
    const said = published(EVERY.CaseOpened)
    const { change, ...rest } = said?.data as { change: object }
    const leaking = { ...rest, change: { ...change, buyer: facets.buyer } }
    expect(validateOutgoing('case-opened.v1', leaking)).toBe('/change fails additionalProperties')
    expect(validateIncoming('case-opened.v1', leaking)).toBeUndefined()
  })

  it('leave numbers of cases, orders and parcels alone', () => {
    expect(JSON.stringify(published(EVERY.OrderKnown)?.data)).toContain('6919342672311424568')
    expect(JSON.stringify(published(EVERY.GoodsMoved)?.data)).toContain('SF1234567890123')
  })
})

describe('a listener of yesterday', () => {
  const said = published(EVERY.StatusMoved)?.data as Record<string, unknown>

  it('does not mind a new field or a new word', () => {
    expect(validateIncoming('status-moved.v1', { ...said, mood: 'good', turn: 'notary' })).toBeUndefined()
  })

  it('minds a field that is missing or of another kind, and an unknown message', () => {
    const { turn: _gone, ...without } = said
    expect(validateIncoming('status-moved.v1', without)).toBe('/ lacks turn')
    expect(validateIncoming('status-moved.v1', { ...said, atRiskFen: '89.00' })).toBe('/atRiskFen fails type')
    expect(validateIncoming('weather-changed.v1', said)).toBe('unknown type')
  })
})
