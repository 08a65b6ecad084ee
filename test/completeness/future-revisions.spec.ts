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

const readSample = (name: string): string =>
  readFileSync(join(__dirname, '../../libs/connectors/src/pinduoduo/samples', name), 'utf8')
const firstRowOf = (text: string): string => {
  const { refund_increment_get_response: list } = JSON.parse(text) as {
    refund_increment_get_response: { refund_list: readonly object[] }
  }
  return JSON.stringify(list.refund_list[0])
}

const AT = Date.parse('2026-03-05T12:00:00Z')
const ADAPTER_REPORT = JSON.stringify({
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
  { name: 'list', marketplace: 'pinduoduo', channel: 'list', raw: firstRowOf(readSample('list-answer.json')) },
  { name: 'detail', marketplace: 'pinduoduo', channel: 'detail', raw: readSample('detail-refund-only.json') },
  { name: 'wrapped detail', marketplace: 'pinduoduo', channel: 'detail', raw: readSample('detail-wrapped.json') },
  { name: 'exchange', marketplace: 'pinduoduo', channel: 'detail', raw: readSample('detail-exchange.json') },
  { name: 'report', marketplace: 'outside', channel: 'push', raw: ADAPTER_REPORT },
]

const sealing: Sealing = {
  sealMessage: (_org, raw) => Buffer.from(raw),
  openMessage: (_org, sealed) => sealed.toString(),
  sealOrder: (_place, order) => Buffer.from(order),
  openOrder: (_place, sealed) => sealed.toString(),
  sameBuyer: (_org, _caseId, fresh) => fresh,
  sealBuyer: () => ({ sealed: 'sealed' }),
}

async function interpretFixture(
  { marketplace, channel, raw }: Fixture,
  receivedAt: number,
): Promise<InterpretedMessage> {
  const app: AppRecord = { id: 7, org: 1, marketplace, appKey: 'k', appSecret: 's', endpoints: {} }
  const secrets = { accessToken: '', refreshToken: '', authorised: true }
  const store: StoreRecord = { id: 3, org: 1, app, marketplace, shop: '86', name: '', ...secrets }
  const stores = { current: () => Promise.resolve({ apps: [app], stores: [store] }) } as unknown as Stores
  const place = { id: 1, org: 1, app: 7, store: channel === 'push' ? null : 3, digest: Buffer.alloc(16) }
  const message = { ...place, channel, receivedAt, attempts: 0 }
  const [interpreted] = await new MessageInterpreter(MARKETPLACES, stores, sealing).interpret([
    { ...message, raw: Buffer.from(raw) },
  ])
  if (interpreted === undefined) throw new Error('no result')
  return interpreted
}

/** The revision of the fixture, and the first report from it. */
async function revisionOf(fixture: Fixture): Promise<number> {
  const interpreted = await interpretFixture(fixture, Date.parse('2027-01-01T00:00:00Z'))
  if (interpreted.type !== 'observed' || interpreted.caseCommand.command.type !== 'RecordObservation')
    throw new Error(`${fixture.name} is not observed: ${JSON.stringify(interpreted)}`)
  return interpreted.caseCommand.command.stamp.revision
}

const fixtureArbitrary = fc.constantFrom(...FIXTURES)
const EIGHTY_YEARS_MS = 80 * 365 * 86_400_000

describe('a report that is stamped later than it was received (fault A4)', () => {
  it.each(FIXTURES.map((reportFixture) => [reportFixture.marketplace, reportFixture.name, reportFixture] as const))(
    '%s, %s: is recorded up to the tolerated skew; beyond it, the case is read instead',
    async (_, __, reportFixture) => {
      const revision = await revisionOf(reportFixture)
      expect((await interpretFixture(reportFixture, revision - TOLERATED_SKEW_MS)).type).toBe('observed')
      expect(await interpretFixture(reportFixture, revision - TOLERATED_SKEW_MS - 1)).toMatchObject({
        type: 'must-read',
        reading: { store: 3, why: 'a revision from the future' },
      })
    },
  )

  it('changes nothing, on any channel, except that the case is read', () =>
    property(fixtureArbitrary, fc.integer({ min: 1, max: EIGHTY_YEARS_MS }), async (reportFixture, excessMs) => {
      const revision = await revisionOf(reportFixture)
      const interpreted = await interpretFixture(reportFixture, revision - TOLERATED_SKEW_MS - excessMs)
      expect(interpreted.type).toBe('must-read')
      expect(interpreted).not.toHaveProperty('work')
    }))

  it('canary: a guard that accepts stamps a year ahead is detected', async () => {
    await expect(
      property(fixtureArbitrary, fc.integer({ min: 1, max: EIGHTY_YEARS_MS }), async (reportFixture, excessMs) => {
        const revision = await revisionOf(reportFixture)
        const year = 365 * 86_400_000
        expect(
          (await interpretFixture(reportFixture, Math.max(revision - TOLERATED_SKEW_MS - excessMs, revision - year)))
            .type,
        ).toBe('observed')
      }),
    ).rejects.toThrow(/Counterexample/)
  })
})

describe('a case that a revision from the future froze before the guard existed (fault A4)', () => {
  const observation = (revision: number, observedAt: number, total: number) =>
    ({
      type: 'RecordObservation',
      identity: { organisation: '1', store: '3', marketplace: 'anywhere', caseNumber: '19' },
      stamp: { revision, observedAt },
      facets: { amounts: { total, legs: {} } },
    }) as const
  const caseAfterReports = (...reports: ReturnType<typeof observation>[]): AfterSaleCase | undefined =>
    reports.reduce<AfterSaleCase | undefined>((afterSale, report) => {
      const decision = decide(afterSale, report)
      return decision.type === 'decided' ? fold(decision.events, afterSale) : afterSale
    }, undefined)

  it('is corrected by the next plausible report, and by none that is older than a plausible one', () => {
    const frozen = observation(Date.UTC(2099, 0, 1), AT, 1)
    const next = observation(AT + 60_000, AT + 61_000, 8_900)
    expect(caseAfterReports(frozen)?.amounts?.total).toBe(1)
    expect(caseAfterReports(frozen, next)?.amounts?.total).toBe(8_900)
    expect(caseAfterReports(frozen, next, frozen)?.amounts?.total).toBe(8_900)
    expect(caseAfterReports(next, frozen)?.amounts?.total).toBe(8_900)
    expect(caseAfterReports(frozen, next)?.lastSeen).toEqual(next.stamp)
    expect(caseAfterReports(frozen, next, observation(AT, AT + 62_000, 5))?.amounts?.total).toBe(8_900)
  })

  it('ends the same in whatever order the reports arrive', () =>
    property(
      fc.array(fc.record({ revision: fc.integer({ min: -5, max: 5 }), total: fc.nat({ max: 3 }) }), { minLength: 2 }),
      (history) => {
        const reports = history.map(({ revision, total }) => observation(AT + revision * TOLERATED_SKEW_MS, AT, total))
        expect(caseAfterReports(...[...reports].reverse())?.amounts).toEqual(caseAfterReports(...reports)?.amounts)
      },
    ))
})
