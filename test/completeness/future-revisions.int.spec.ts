import { emptyTables, useTestDatabase, rowsOf } from '../postgres/test-database'
import { NOON } from '../support/anywhere-marketplace'
import type { ReadingFixture } from './reading-fixture'
import { detailAnswer, openReadingFixture } from './reading-fixture'

const db = useTestDatabase()
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

describe('a push that is stamped in the future (fault A4)', () => {
  it('changes nothing, and the case is read; the result of that read counts, and so does every later report', async () => {
    reading.answer = () => detailAnswer({ case: '1', revision: reading.now, fen: 8_900 })
    await reading.advanceTo(NOON + SECOND)
    await reading.push({ case: '1', revision: FUTURE, status: 'succeeded', fen: 1 })
    const frozen = await reading.caseDetails('1')
    expect([frozen?.afterSale.amounts?.total, frozen?.afterSale.status?.status]).toEqual([
      8_900,
      'awaiting-merchant-decision',
    ])
    expect(await rowsOf(db, 'SELECT case_number, why FROM reading')).toEqual([
      { case_number: '1', why: 'a revision from the future' },
    ])
    await reading.advanceTo(NOON + 2 * SECOND)
    expect(await rowsOf(db, 'SELECT FROM reading')).toEqual([])
    await reading.push({ case: '1', revision: NOON + SECOND + 1, status: 'refunding', fen: 7_000 })
    expect((await reading.caseDetails('1'))?.afterSale).toMatchObject({
      status: { status: 'refunding' },
      amounts: { total: 7_000 },
    })
  })

  it('does not open a case that is not known yet: the case is read first', async () => {
    await reading.push({ case: '9', revision: FUTURE, fen: 1 })
    expect(await reading.caseDetails('9')).toBeUndefined()
    reading.answer = ({ caseNumber }) => detailAnswer({ case: caseNumber, revision: NOON, fen: 4_000 })
    await reading.runTurn()
    expect((await reading.caseDetails('9'))?.afterSale.amounts?.total).toBe(4_000)
  })
})
