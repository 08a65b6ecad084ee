/** A4: a report stamped later than it was received is not accepted as a revision, on any channel of any connector. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { AfterSaleCase } from '#after-sale'
import { TOLERATED_SKEW_MS, decide, fold } from '#after-sale'
import type { AppRecord, Sealing, StoreRecord, Stores, InterpretedMessage } from '#case-handling'
import { MessageInterpreter } from '#case-handling'
import type { Channel } from '#connectors'
import { MARKETPLACES } from '#connectors'
import { detailOf, pushOf, rowOf } from '../../libs/connectors/src/douyin/samples/messages'
import { property } from '../property'

interface Fixture {
  readonly name: string
  readonly marketplace: string
  readonly channel: Channel
  readonly raw: string
}

const sample = (name: string): string =>
  readFileSync(join(__dirname, '../../libs/connectors/src/pinduoduo/samples', name), 'utf8')
const firstRow = (text: string): string => {
  const { refund_increment_get_response: list } = JSON.parse(text) as {
    refund_increment_get_response: { refund_list: readonly object[] }
  }
  return JSON.stringify(list.refund_list[0])
}

const AT = Date.parse('2026-03-05T12:00:00Z')
const reported = JSON.stringify({
  id: 'x',
  type: 'case-observed.v1',
  data: { shop: '86', caseNumber: '1', revision: AT, observedAt: AT, status: { status: 'refunding', raw: '12' } },
})

const FIXTURES: readonly Fixture[] = [
  ...['200', '201', '206', '207', '208'].map((tag) => ({
    name: `push ${tag}`,
    marketplace: 'douyin',
    channel: 'push' as const,
    raw: pushOf(tag, { aftersale_status: tag === '206' ? 12 : 6, shop_id: 86 }),
  })),
  { name: 'list', marketplace: 'douyin', channel: 'list', raw: rowOf() },
  { name: 'detail', marketplace: 'douyin', channel: 'detail', raw: detailOf() },
  { name: 'list', marketplace: 'pinduoduo', channel: 'list', raw: firstRow(sample('list-answer.json')) },
  { name: 'detail', marketplace: 'pinduoduo', channel: 'detail', raw: sample('detail-refund-only.json') },
  { name: 'wrapped detail', marketplace: 'pinduoduo', channel: 'detail', raw: sample('detail-wrapped.json') },
  { name: 'exchange', marketplace: 'pinduoduo', channel: 'detail', raw: sample('detail-exchange.json') },
  { name: 'report', marketplace: 'outside', channel: 'push', raw: reported },
]

const sealing: Sealing = {
  sealMessage: (_org, raw) => Buffer.from(raw),
  openMessage: (_org, sealed) => sealed.toString(),
  sealOrder: (_place, order) => Buffer.from(order),
  openOrder: (_place, sealed) => sealed.toString(),
  sameBuyer: (_org, _caseId, fresh) => fresh,
  sealBuyer: () => ({ sealed: 'sealed' }),
}

async function understood({ marketplace, channel, raw }: Fixture, receivedAt: number): Promise<InterpretedMessage> {
  const app: AppRecord = { id: 7, org: 1, marketplace, appKey: 'k', appSecret: 's', endpoints: {} }
  const secrets = { accessToken: '', refreshToken: '', authorised: true }
  const store: StoreRecord = { id: 3, org: 1, app, marketplace, shop: '86', name: '', ...secrets }
  const stores = { current: () => Promise.resolve({ apps: [app], stores: [store] }) } as unknown as Stores
  const place = { id: 1, org: 1, app: 7, store: channel === 'push' ? null : 3, digest: Buffer.alloc(16) }
  const message = { ...place, channel, receivedAt, attempts: 0 }
  const [one] = await new MessageInterpreter(MARKETPLACES, stores, sealing).interpret([
    { ...message, raw: Buffer.from(raw) },
  ])
  if (one === undefined) throw new Error('no result')
  return one
}

/** The revision of the fixture, and the first report from it. */
async function revisionOf(fixture: Fixture): Promise<number> {
  const one = await understood(fixture, Date.parse('2027-01-01T00:00:00Z'))
  if (one.type !== 'observed' || one.caseCommand.command.type !== 'RecordObservation')
    throw new Error(`${fixture.name} is not observed: ${JSON.stringify(one)}`)
  return one.caseCommand.command.stamp.revision
}

const fixture = fc.constantFrom(...FIXTURES)
const YEARS = 80 * 365 * 86_400_000

describe('A4: a report that is stamped later than it was received', () => {
  it.each(FIXTURES.map((one) => [one.marketplace, one.name, one] as const))(
    '%s, %s: is taken up to the tolerated skew, and beyond it the case is read instead',
    async (_, __, one) => {
      const revision = await revisionOf(one)
      expect((await understood(one, revision - TOLERATED_SKEW_MS)).type).toBe('observed')
      expect(await understood(one, revision - TOLERATED_SKEW_MS - 1)).toMatchObject({
        type: 'must-read',
        reading: { store: 3, why: 'a revision from the future' },
      })
    },
  )

  it('changes nothing, on any channel, except that the case is read', () =>
    property(fixture, fc.integer({ min: 1, max: YEARS }), async (one, beyond) => {
      const revision = await revisionOf(one)
      const got = await understood(one, revision - TOLERATED_SKEW_MS - beyond)
      expect(got.type).toBe('must-read')
      expect(got).not.toHaveProperty('work')
    }))

  it('a guard that accepts a year ahead would be detected', async () => {
    await expect(
      property(fixture, fc.integer({ min: 1, max: YEARS }), async (one, beyond) => {
        const revision = await revisionOf(one)
        const year = 365 * 86_400_000
        expect((await understood(one, Math.max(revision - TOLERATED_SKEW_MS - beyond, revision - year))).type).toBe(
          'observed',
        )
      }),
    ).rejects.toThrow(/Counterexample/)
  })
})

describe('A4: a case that a revision from the future froze before', () => {
  const observation = (revision: number, observedAt: number, total: number) =>
    ({
      type: 'RecordObservation',
      identity: { organisation: '1', store: '3', marketplace: 'anywhere', caseNumber: '19' },
      stamp: { revision, observedAt },
      facets: { amounts: { total, legs: {} } },
    }) as const
  const after = (...reports: ReturnType<typeof observation>[]): AfterSaleCase | undefined =>
    reports.reduce<AfterSaleCase | undefined>((afterSale, report) => {
      const decision = decide(afterSale, report)
      return decision.type === 'decided' ? fold(decision.events, afterSale) : afterSale
    }, undefined)

  it('is corrected by the next plausible report, and by none that is older than a plausible one', () => {
    const frozen = observation(Date.UTC(2099, 0, 1), AT, 1)
    const next = observation(AT + 60_000, AT + 61_000, 8_900)
    expect(after(frozen)?.amounts?.total).toBe(1)
    expect(after(frozen, next)?.amounts?.total).toBe(8_900)
    expect(after(frozen, next, frozen)?.amounts?.total).toBe(8_900)
    expect(after(next, frozen)?.amounts?.total).toBe(8_900)
    expect(after(frozen, next)?.lastSeen).toEqual(next.stamp)
    expect(after(frozen, next, observation(AT, AT + 62_000, 5))?.amounts?.total).toBe(8_900)
  })

  it('ends the same in every order', () =>
    property(
      fc.array(fc.record({ revision: fc.integer({ min: -5, max: 5 }), total: fc.nat({ max: 3 }) }), { minLength: 2 }),
      (history) => {
        const reports = history.map(({ revision, total }) => observation(AT + revision * TOLERATED_SKEW_MS, AT, total))
        expect(after(...[...reports].reverse())?.amounts).toEqual(after(...reports)?.amounts)
      },
    ))
})
