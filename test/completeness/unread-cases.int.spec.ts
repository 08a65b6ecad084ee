import { deadlinesOf } from '#after-sale'
import type { Answer, InboundMessage } from '#connectors'
import { emptyTables, useTestDatabase, rowsOf } from '../postgres/test-database'
import { MINUTE, NOON } from '../support/anywhere-marketplace'
import type { ReadingFixture } from './reading-fixture'
import { requestRead, detailAnswer, openReadingFixture } from './reading-fixture'

const db = useTestDatabase()
const HOUR = 60 * MINUTE
const SECOND = 1_000
let reading: ReadingFixture

beforeEach(async () => {
  await emptyTables(db)
  reading = await openReadingFixture(db.database)
  await reading.push({
    case: '1',
    revision: NOON - SECOND,
    status: 'awaiting-merchant-decision',
    fen: 8_900,
    as: 'partial',
  })
})

const FUTURE = Date.UTC(2099, 0, 1)
const FAILING_ANSWERS: readonly [string, (n: number) => Answer<InboundMessage>, string, string][] = [
  ['is a refusal', () => ({ type: 'refused', code: '45001', text: 'no such case' }), 'refused', '45001 no such case'],
  ['does not arrive', () => ({ type: 'unknown', why: 'no answer within 10 s' }), 'no-answer', 'no answer within 10 s'],
  [
    'postpones the read',
    () => ({ type: 'try-later', afterMs: 9 * SECOND, why: 'throttled' }),
    'try-later',
    'throttled',
  ],
  [
    'postpones the read indefinitely',
    () => ({ type: 'try-later', afterMs: 1e15, why: 'in maintenance' }),
    'try-later',
    'in maintenance',
  ],
  ['is not understood', () => detailAnswer({ case: '1', as: 'unintelligible' }), 'unintelligible', 'test message'],
  [
    'is not understood, differently each time',
    (n) => detailAnswer({ case: '1', as: 'unintelligible' }, `key-${n}`),
    'unintelligible',
    'test message',
  ],
  [
    'announces a change without details',
    () => detailAnswer({ case: '1', as: 'announcement' }),
    'unintelligible',
    'announcement',
  ],
  [
    'shows another case',
    () => detailAnswer({ case: '2', revision: NOON, fen: 1 }),
    'unintelligible',
    'the answer is about another case',
  ],
  [
    'is stamped in the future',
    () => detailAnswer({ case: '1', revision: FUTURE, fen: 1 }),
    'from-the-future',
    'revision 2099-01-01T00:00:00.000Z',
  ],
  [
    'is stamped in the future, later each time',
    (n) => detailAnswer({ case: '1', revision: FUTURE + n * SECOND, fen: 1 }),
    'from-the-future',
    'revision 2099-01-01T00:00:',
  ],
]

describe('a case that cannot be read (fault A17)', () => {
  it.each(FAILING_ANSWERS)(
    'is shown as unread with reason and attempts, and is not read in a loop, if for hours the answer %s',
    async (...row) => {
      const [, answer, kind, why] = row
      reading.answer = () => answer(reading.readTimes.length)
      await reading.advanceTo(NOON + 2 * HOUR)
      const details = await reading.caseDetails('1')
      expect(details?.unread).toMatchObject({
        askedAt: NOON,
        failingSince: NOON,
        kind,
        attempts: reading.readTimes.length,
      })
      expect(details?.unread?.why).toMatch(why)
      expect(details?.unread?.nextAt).toBeLessThanOrEqual(reading.now + 10 * MINUTE)
      expect(details?.afterSale.amounts?.total).toBe(8_900)
      expect(await reading.freshness()).toMatchObject({ unread: { cases: 1, since: NOON } })
      expect(await reading.failingReads()).toBe(1)
      // At most six times an hour at the longest back-off; when throttled, as often as the marketplace allows.
      expect(reading.readTimes.length).toBeLessThan(kind === 'try-later' && why === 'throttled' ? 900 : 25)
      expect((details && deadlinesOf(details.afterSale))?.map(({ source }) => source)).toEqual(['ASSUMED'])
    },
  )

  it('is no longer unread once a read succeeds, and what was read is recorded', async () => {
    reading.answer = () => ({ type: 'refused', code: '45001', text: 'no such case' })
    await reading.advanceTo(NOON + HOUR)
    reading.answer = () => detailAnswer({ case: '1', revision: NOON + HOUR, fen: 5_000 })
    await reading.advanceTo(NOON + HOUR + 11 * MINUTE)
    const details = await reading.caseDetails('1')
    expect([details?.unread, details?.afterSale.amounts?.total]).toEqual([null, 5_000])
    expect([(await reading.freshness()).unread, await reading.failingReads()]).toEqual([{ cases: 0, since: null }, 0])
    expect(await rowsOf(db, 'SELECT FROM reading')).toEqual([])
  })

  it('is marked unread after one failure, but its store is not yet counted as failing', async () => {
    await reading.runTurn()
    expect((await reading.caseDetails('1'))?.unread).toMatchObject({ attempts: 1, kind: 'no-answer' })
    expect((await reading.freshness()).unread).toEqual({ cases: 0, since: null })
  })

  it('keeps its reason and its back-off when its reading is requested again', async () => {
    await reading.advanceTo(NOON + HOUR)
    const before = (await reading.caseDetails('1'))?.unread
    await requestRead(db.database, '1', reading.now)
    expect((await reading.caseDetails('1'))?.unread).toEqual(before)
  })
})
