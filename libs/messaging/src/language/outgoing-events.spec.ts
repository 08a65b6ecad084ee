import fc from 'fast-check'
import { evolve, publicEventOf } from '#after-sale'
import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { NOON, anyIdentity } from '../../../../test/support/cases'
import { EVERY_EVENT, SECRETS, CASE_ID, by, facets, strategy } from '../../test/every-event'
import { CASE_EVENTS } from './case-events'
import { toRecord } from './cloud-event'
import { feedEventOf, snapshotEventOf } from './outgoing-events'
import { validateIncoming, validateOutgoing } from './validation'

const opened = evolve(undefined, EVERY_EVENT.CaseOpened)
const withBuyer = evolve(opened, { type: 'BuyerKnown', to: facets.buyer })
const fullCase: AfterSaleCase = evolve(withBuyer, { ...EVERY_EVENT.ActionIntended, by }) as AfterSaleCase

const asStored = (body: unknown): unknown => JSON.parse(JSON.stringify(body))
const publish = (
  event: CaseEvent,
  after: AfterSaleCase = fullCase,
): { type: string; data: unknown; wholeText: string } | undefined => {
  const publicEvent = publicEventOf(event, after)
  if (publicEvent === undefined) return undefined
  const message = feedEventOf({
    tx: '1',
    position: 1,
    org: 1,
    stream: CASE_ID,
    version: 1,
    type: publicEvent.type,
    body: asStored(publicEvent.data),
    recorded_at: NOON,
  })
  const { value, headers, key } = toRecord(message)
  return { type: message.type, data: message.data, wholeText: `${key} ${JSON.stringify(headers)} ${value.toString()}` }
}
const snapshot = snapshotEventOf(1, CASE_ID, fullCase, NOON)

describe('a published event of a case', () => {
  it.each(Object.values(EVERY_EVENT).map((event) => ({ type: event.type, event })))(
    'is valid by its schema, for publishing and for consuming: $type',
    ({ event }) => {
      const message = publish(event)
      expect(
        message && [validateOutgoing(message.type, message.data), validateIncoming(message.type, message.data)],
      ).toEqual(message && [undefined, undefined])
    },
  )

  it('has a schema for every type, and no schema for what is never published', () => {
    const types = Object.values(EVERY_EVENT).flatMap((event) => publish(event)?.type ?? [])
    expect([...new Set(types)].sort()).toEqual(Object.keys(CASE_EVENTS).sort())
  })

  it('is valid when hardly anything is known about the case', () => {
    const bare = evolve(undefined, {
      type: 'CaseOpened',
      identity: anyIdentity,
      openedAt: NOON,
      facets: {},
    }) as AfterSaleCase
    const message = publish({ type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, facets: {} }, bare)
    expect(message && validateOutgoing(message.type, message.data)).toBeUndefined()
    expect(validateOutgoing('case-snapshot.v1', snapshotEventOf(1, CASE_ID, bare, NOON).data)).toBeUndefined()
  })

  it('is valid if it is a snapshot with actions', () => {
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

  it('names the strategy that decided an action', () => {
    expect(publish({ ...EVERY_EVENT.ActionIntended, by: strategy })?.data).toMatchObject({ change: { by: strategy } })
  })
})

describe('the snapshot that was published last', () => {
  const bare: CaseEvent = { type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, facets: {} }
  const stageSeen: CaseEvent = {
    ...EVERY_EVENT.StatusMoved,
    seen: { stamp: { revision: NOON + 9_000, observedAt: NOON + 9_000 }, facets: ['status'] },
  }
  const anyHistory = fc.array(fc.constantFrom(stageSeen, ...Object.values(EVERY_EVENT)), { maxLength: 12 })
  const publishedStateOf = (afterSale: AfterSaleCase | undefined): unknown =>
    afterSale && { ...(snapshotEventOf(1, CASE_ID, afterSale, NOON).data as object), version: 0 }
  const outdates = (history: readonly CaseEvent[], event: CaseEvent): boolean => {
    const before = [bare, ...history].reduce<AfterSaleCase | undefined>(evolve, undefined)
    return JSON.stringify(publishedStateOf(before)) !== JSON.stringify(publishedStateOf(evolve(before, event)))
  }

  it('is not outdated by an event that is not published', () => {
    const unpublished = Object.values(EVERY_EVENT).filter((event) => publish(event) === undefined)
    expect(unpublished.map(({ type }) => type)).toEqual(['BuyerKnown', 'RevisionSeen', 'BuyerErased', 'FactsAttested'])
    fc.assert(fc.property(anyHistory, fc.constantFrom(...unpublished), (history, event) => !outdates(history, event)))
  })

  it.each<readonly [string, readonly CaseEvent[], CaseEvent]>([
    ['the time of the application', [], EVERY_EVENT.ApplicationDated],
    ['an earlier time since which the case has been at a stage', [stageSeen], EVERY_EVENT.EarlierStageFound],
    [
      'the end of an appeal',
      [
        { ...EVERY_EVENT.ActionIntended, action: { name: 'appeal', items: [] } as never },
        { ...EVERY_EVENT.ActionAnswered, answer: { type: 'done' } },
      ],
      EVERY_EVENT.AppealItemDecided,
    ],
  ])('is outdated by %s, which is published', (_name, history, event) => {
    expect([outdates(history, event), publish(event)]).toEqual([true, expect.anything()])
  })
})

describe('personal data', () => {
  it('are in the case and its events, so that the tests below can find a leak', () => {
    const ourTexts = JSON.stringify([fullCase, Object.values(EVERY_EVENT)])
    expect(SECRETS.filter((secret) => !ourTexts.includes(secret))).toEqual([])
  })

  it.each(Object.values(EVERY_EVENT).map((event) => ({ type: event.type, event })))(
    'are not published with $type',
    ({ event }) => {
      expect(SECRETS.filter((secret) => publish(event)?.wholeText.includes(secret))).toEqual([])
    },
  )

  it('are not published with a snapshot', () => {
    const wholeText = JSON.stringify(snapshot)
    expect(SECRETS.filter((secret) => wholeText.includes(secret))).toEqual([])
  })

  it('are stopped in an undocumented field, which a developer may add by mistake', () => {
    const message = publish(EVERY_EVENT.CaseOpened)
    const { change, ...rest } = message?.data as { change: object }
    const leaking = { ...rest, change: { ...change, buyer: facets.buyer } }
    expect(validateOutgoing('case-opened.v1', leaking)).toBe('/change fails additionalProperties')
    expect(validateIncoming('case-opened.v1', leaking)).toBeUndefined()
  })

  it('do not include the numbers of orders and parcels, which are published', () => {
    expect(JSON.stringify(publish(EVERY_EVENT.OrderKnown)?.data)).toContain('6919342672311424568')
    expect(JSON.stringify(publish(EVERY_EVENT.GoodsMoved)?.data)).toContain('SF1234567890123')
  })
})

describe('a consumer that was written for an older schema', () => {
  const message = publish(EVERY_EVENT.StatusMoved)?.data as Record<string, unknown>

  it('accepts a new field and a new word', () => {
    expect(validateIncoming('status-moved.v1', { ...message, mood: 'good', turn: 'notary' })).toBeUndefined()
  })

  it('rejects a missing field, a field of another type, and an unknown message', () => {
    const { turn: _gone, ...incomplete } = message
    expect(validateIncoming('status-moved.v1', incomplete)).toBe('/ lacks turn')
    expect(validateIncoming('status-moved.v1', { ...message, atRiskFen: '89.00' })).toBe('/atRiskFen fails type')
    expect(validateIncoming('weather-changed.v1', message)).toBe('unknown type')
  })
})
