import type { ArmedStrategy } from '#after-sale'
import { defaultStoreTerms } from '#after-sale'
import { MARKETPLACES } from '#connectors'
import type { FreshDatabase } from '../../../../test/postgres/database'
import { freshDatabase } from '../../../../test/postgres/database'
import type { Push, Stack } from '../../../../test/support/stack'
import { openStack, refundPush } from '../../../../test/support/stack'
import type { BacktestOrder } from './backtest'
import { backtest, computeFindings } from './backtest'
import type { Findings } from './backtest-report'
import { buildReport } from './backtest-report'

const CASES = 240
const HOUR = 3_600_000
const manifests = Object.fromEntries(MARKETPLACES.map(({ marketplace, manifest }) => [marketplace, manifest]))
let fresh: FreshDatabase
let stack: Stack
let morning: number

/** Requested returns: people agreed to a third, refused a third and let the deadline of a third pass. */
beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  morning = stack.now
  const applications: Push[] = []
  const answers: Push[] = []
  for (let n = 0; n < CASES; n++) {
    const caseNumber = `7000893114${String(n).padStart(9, '0')}`
    const at = morning + n * 60_000
    applications.push(refundPush({ caseNumber, at, type: 0, fen: 1_000 + n }))
    if (n % 3 === 0) answers.push(refundPush({ tag: '202', caseNumber, status: 7, type: 0, at: at + 5 * HOUR }))
    if (n % 3 === 1) answers.push(refundPush({ tag: '204', caseNumber, status: 27, type: 0, at: at + 5 * HOUR }))
  }
  for (const pushes of [applications, answers]) {
    stack.now += 10 * HOUR
    await stack.push(...pushes)
    await stack.receiveAll(50)
  }
  stack.now = morning + 60 * HOUR
  while ((await stack.fire()) > 0);
})
afterAll(async () => {
  await stack.close()
  await fresh.drop()
})

const agreeAlways: ArmedStrategy = {
  reference: { id: '1', version: 3 },
  policy: 'returnReasonIsChosen',
  settings: { reasons: [], codes: [], matchesAllConfirmed: true },
  mode: 'live',
}
const order = (changes: Partial<BacktestOrder> = {}): BacktestOrder => ({
  org: stack.org,
  from: morning,
  to: morning + 100 * HOUR,
  armed: [agreeAlways],
  terms: { [String(stack.store)]: { ...defaultStoreTerms, returnAddressId: '900' } },
  defaultTerms: defaultStoreTerms,
  ...changes,
})

describe('a backtest over recorded cases', () => {
  it('reports what the strategies would have done, compared with what happened', async () => {
    const { total, byStore, followed, surprises, refused } = await backtest(stack.database, order(), manifests)
    expect(total).toMatchObject({ cases: CASES, says: { approve: CASES } })
    expect(refused).toEqual({})
    expect(followed).toEqual({ returnReasonIsChosen: CASES })
    expect(total.pairings).toEqual({
      'approve/agreed/people': 80,
      'approve/rejected/people': 80,
      'approve/still-open/nobody': 80,
    })
    expect(total.fen.approve).toBe(CASES * 1_000 + (CASES * (CASES - 1)) / 2)
    expect(total.deadlines).toEqual({ met: 160, missed: 80, metWith: 240, missedWith: 0 })
    expect(Object.keys(byStore)).toEqual([String(stack.store)])
    expect(surprises).toHaveLength(20)
    expect(surprises[0]).toMatchObject({ says: 'approve', happened: 'rejected', fen: 1_238, strategy: '1/3' })
    expect(surprises[0]?.bits).toBeCloseTo(Math.log2(3))
  })

  it('reports the same in any number of parts', async () => {
    const wholeReport = await backtest(stack.database, order(), manifests)
    for (const partCount of [2, 5]) {
      const parts: Findings[] = []
      for (let index = 0; index < partCount; index++)
        parts.push(await computeFindings(stack.database, order(), manifests, { part: { index, of: partCount } }))
      expect(JSON.stringify(buildReport(parts, order()))).toBe(JSON.stringify(wholeReport))
    }
  })

  it('tries only cases of this organisation and the given stores that were applied for within the range', async () => {
    const range = { from: morning + 10 * 60_000, to: morning + 20 * 60_000 }
    expect((await backtest(stack.database, order(range), manifests)).total.cases).toBe(10)
    expect((await backtest(stack.database, order({ stores: ['0'] }), manifests)).total.cases).toBe(0)
    expect((await backtest(stack.database, order({ org: stack.org + 1 }), manifests)).total.cases).toBe(0)
  })

  it('reports what kept the strategies from acting', async () => {
    const { total, deciding } = await backtest(stack.database, order({ terms: {} }), manifests)
    expect(total.says.leave).toBe(CASES)
    expect(deciding).toEqual([
      { policy: 'returnReasonIsChosen', claim: 'hasReturnAddress', rule: 'R063', truth: 'false', cases: CASES },
    ])
  })

  it('writes nothing, and ends when it is aborted', async () => {
    const stopped = new AbortController()
    stopped.abort(new Error('enough'))
    await expect(backtest(stack.database, order(), manifests, { signal: stopped.signal })).rejects.toThrow('enough')
    const [open] = await stack.database.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    )
    expect(open?.n).toBe(0)
  })

  it('reports no name of a buyer', async () => {
    const report = JSON.stringify(await backtest(stack.database, order(), manifests))
    expect(report).not.toMatch(/sealed|nameMask|phone/)
  })
})
