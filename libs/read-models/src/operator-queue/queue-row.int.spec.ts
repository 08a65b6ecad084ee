import type { TestDatabase } from '../../test/cases'
import {
  NOON,
  HOUR,
  applyChanges,
  changeOf,
  caseIdFor,
  openTestDatabase,
  reported,
  reportAgain,
  waiting,
} from '../../test/cases'
import { QueuePageHandler, QueuePageQuery } from './queue-page'

describe('a row of the queue', () => {
  let testDatabase: TestDatabase
  beforeAll(async () => (testDatabase = await openTestDatabase()))
  afterAll(() => testDatabase.close())

  const readPage = async (): ReturnType<QueuePageHandler['execute']> =>
    new QueuePageHandler(testDatabase.database).execute(new QueuePageQuery({ org: 1, stores: [1] }, 'deadline', 10))

  it('shows known facts, null where unknown, and stores texts that PostgreSQL would refuse', async () => {
    const empty = reported('EMPTY', {})
    const full = reported(
      'FULL',
      {
        ...waiting(NOON + HOUR, 1_234),
        reason: { text: `broken\u0000 ${'\ud800'} ${'x'.repeat(5_000)}` },
        reasonCode: { code: '7' },
        order: {
          orderNumber: 'O1',
          lines: [
            { lineId: '1', title: '手机壳', quantity: 2 },
            { lineId: '2', quantity: 1 },
          ],
        },
        buyer: { sealed: 'sealed', nameMask: '王**', phoneMask: '138****5678' },
      },
      { appliedAt: NOON - HOUR },
    )
    await applyChanges(testDatabase.database, [changeOf(1, undefined, empty), changeOf(2, undefined, full)])
    const { items } = await readPage()
    expect(items).toEqual([
      {
        caseId: caseIdFor(2),
        store: 1,
        marketplace: 'mart',
        caseNumber: 'FULL',
        orderNumber: 'O1',
        kind: 'refund-only',
        variant: null,
        status: 'awaiting-merchant-decision',
        outcome: null,
        turn: 'us',
        due: { at: NOON + HOUR, kind: 'SELLER_RESPONSE', source: 'OBSERVED', onBreach: 'platform-refunds' },
        riskFen: 1_234,
        amountFen: 1_234,
        refundedFen: null,
        reason: { text: `broken \ufffd ${'x'.repeat(190)}`, code: '7' },
        goods: { title: '手机壳', count: 3 },
        buyer: { name: '王**', phone: '138****5678' },
        appliedAt: NOON - HOUR,
        updatedAt: NOON,
      },
      {
        caseId: caseIdFor(1),
        store: 1,
        marketplace: 'mart',
        caseNumber: 'EMPTY',
        orderNumber: null,
        kind: null,
        variant: null,
        status: null,
        outcome: null,
        turn: 'us',
        due: null,
        riskFen: null,
        amountFen: null,
        refundedFen: null,
        reason: null,
        goods: null,
        buyer: null,
        appliedAt: null,
        updatedAt: NOON,
      },
    ])
  })

  it('is not written when a report changes nothing that it shows', async () => {
    const before = reported('SAME', waiting(NOON, 5))
    await applyChanges(testDatabase.database, [changeOf(3, undefined, before)])
    const reportedAgain = reportAgain(before, 'SAME', waiting(NOON, 5), { at: NOON + HOUR })
    expect(reportedAgain).not.toEqual(before)
    await applyChanges(testDatabase.database, [changeOf(3, before, reportedAgain, 1, NOON + HOUR)])
    expect((await readPage()).items.find((item) => item.caseNumber === 'SAME')?.updatedAt).toBe(NOON)
  })
})
