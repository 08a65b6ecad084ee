import { deadlinesOf } from '#after-sale'
import type { Answer, InboundMessage } from '#connectors'
import { emptyTables, openedForThisFile, rowsOf } from '../postgres/opened'
import { MINUTE, NOON } from '../trade/anywhere'
import type { Reading } from './reading'
import { ask, detail, openReading } from './reading'

const db = openedForThisFile()
const HOUR = 60 * MINUTE
const SECOND = 1_000
let reading: Reading

beforeEach(async () => {
  await emptyTables(db)
  reading = await openReading(db.database)
  await reading.push({
    case: '1',
    revision: NOON - SECOND,
    status: 'awaiting-merchant-decision',
    fen: 8_900,
    as: 'half',
  })
})

const FUTURE = Date.UTC(2099, 0, 1)
const reasons: readonly [string, (n: number) => Answer<InboundMessage>, string, string][] = [
  ['is refused', () => ({ type: 'refused', code: '45001', text: 'no such case' }), 'refused', '45001 no such case'],
  ['gets no answer', () => ({ type: 'unknown', why: 'no answer within 10 s' }), 'no-answer', 'no answer within 10 s'],
  ['is put off', () => ({ type: 'try-later', afterMs: 9 * SECOND, why: 'throttled' }), 'try-later', 'throttled'],
  [
    'is put off for ever',
    () => ({ type: 'try-later', afterMs: 1e15, why: 'in maintenance' }),
    'try-later',
    'in maintenance',
  ],
  ['is not understood', () => detail({ case: '1', as: 'riddle' }), 'unintelligible', 'a riddle'],
  [
    'is not understood, in other words each time',
    (n) => detail({ case: '1', as: 'riddle' }, `riddle-${n}`),
    'unintelligible',
    'a riddle',
  ],
  ['is only hinted at', () => detail({ case: '1', as: 'hint' }), 'unintelligible', 'a hint'],
  [
    'shows another case',
    () => detail({ case: '2', revision: NOON, fen: 1 }),
    'unintelligible',
    'the answer is about another case',
  ],
  [
    'is stamped in the future',
    () => detail({ case: '1', revision: FUTURE, fen: 1 }),
    'from-the-future',
    'revision 2099-01-01T00:00:00.000Z',
  ],
  [
    'is stamped in the future, later each time',
    (n) => detail({ case: '1', revision: FUTURE + n * SECOND, fen: 1 }),
    'from-the-future',
    'revision 2099-01-01T00:00:',
  ],
]

describe('A17: a case whose reading', () => {
  it.each(reasons)(
    '%s for hours is shown as unread, with reason and attempts, and not asked for in a loop',
    async (...row) => {
      const [, answer, kind, why] = row
      reading.answer = () => answer(reading.asked.length)
      await reading.until(NOON + 2 * HOUR)
      const file = await reading.file('1')
      expect(file?.unread).toMatchObject({ askedAt: NOON, failingSince: NOON, kind, attempts: reading.asked.length })
      expect(file?.unread?.why).toMatch(why)
      expect(file?.unread?.nextAt).toBeLessThanOrEqual(reading.now + 10 * MINUTE)
      expect(file?.afterSale.amounts?.total).toBe(8_900)
      expect(await reading.freshness()).toMatchObject({ unread: { cases: 1, since: NOON } })
      expect(await reading.failing()).toBe(1)
      // Six times an hour at most once it waits longest; being put off, as often as the marketplace says.
      expect(reading.asked.length).toBeLessThan(kind === 'try-later' && why === 'throttled' ? 900 : 25)
      expect((file && deadlinesOf(file.afterSale))?.map(({ source }) => source)).toEqual(['ASSUMED'])
    },
  )

  it('succeeds at last is unread no longer, and what it shows counts', async () => {
    reading.answer = () => ({ type: 'refused', code: '45001', text: 'no such case' })
    await reading.until(NOON + HOUR)
    reading.answer = () => detail({ case: '1', revision: NOON + HOUR, fen: 5_000 })
    await reading.until(NOON + HOUR + 11 * MINUTE)
    const file = await reading.file('1')
    expect([file?.unread, file?.afterSale.amounts?.total]).toEqual([null, 5_000])
    expect([(await reading.freshness()).unread, await reading.failing()]).toEqual([{ cases: 0, since: null }, 0])
    expect(await rowsOf(db, 'SELECT FROM reading')).toEqual([])
  })

  it('failed once is shown with the case, and does not count as trouble of the store yet', async () => {
    await reading.turn()
    expect((await reading.file('1'))?.unread).toMatchObject({ attempts: 1, kind: 'no-answer' })
    expect((await reading.freshness()).unread).toEqual({ cases: 0, since: null })
  })

  it('is asked for again by others while it fails keeps its reason and its patience', async () => {
    await reading.until(NOON + HOUR)
    const before = (await reading.file('1'))?.unread
    await ask(db.database, '1', reading.now)
    expect((await reading.file('1'))?.unread).toEqual(before)
  })
})

describe('A4: a push that is stamped in the future', () => {
  it('changes nothing, and the case is read; what the reading shows counts, and so does every later report', async () => {
    reading.answer = () => detail({ case: '1', revision: reading.now, fen: 8_900 })
    await reading.until(NOON + SECOND)
    await reading.push({ case: '1', revision: FUTURE, status: 'succeeded', fen: 1 })
    const frozen = await reading.file('1')
    expect([frozen?.afterSale.amounts?.total, frozen?.afterSale.status?.status]).toEqual([
      8_900,
      'awaiting-merchant-decision',
    ])
    expect(await rowsOf(db, 'SELECT case_number, why FROM reading')).toEqual([
      { case_number: '1', why: 'a revision from the future' },
    ])
    await reading.until(NOON + 2 * SECOND)
    expect(await rowsOf(db, 'SELECT FROM reading')).toEqual([])
    await reading.push({ case: '1', revision: NOON + SECOND + 1, status: 'refunding', fen: 7_000 })
    expect((await reading.file('1'))?.afterSale).toMatchObject({
      status: { status: 'refunding' },
      amounts: { total: 7_000 },
    })
  })

  it('of an unknown case opens none: it is read first', async () => {
    await reading.push({ case: '9', revision: FUTURE, fen: 1 })
    expect(await reading.file('9')).toBeUndefined()
    reading.answer = ({ caseNumber }) => detail({ case: caseNumber, revision: NOON, fen: 4_000 })
    await reading.turn()
    expect((await reading.file('9'))?.afterSale.amounts?.total).toBe(4_000)
  })
})
