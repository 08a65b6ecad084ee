import { POISON_TEXTS } from '../../../libs/connectors/src/contract/suite/poison-texts'
import { Chance } from '../../../apps/simulator/src/random'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { caseNumberOf } from '../../support/case-numbers'
import { mutatePush } from './mutated-push'

const BATCH = 500
const MUTANTS = 100
let fresh: FreshDatabase
let stack: Stack

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
})
afterAll(async () => {
  await stack.close()
  await fresh.drop()
})

const deliver = (elements: readonly string[]): ReturnType<Stack['pushRaw']> =>
  stack.pushRaw(Buffer.from(`[${elements.join(',')}]`))
const validPushes = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify(refundPush({ caseNumber: caseNumberOf(from + i), at: stack.now })),
  )

/** Checks that every valid case is in the queue as reported, nothing is pending, and every message is recorded or quarantined. */
async function expectCasesInQueue(from: number, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => caseNumberOf(from + i))
  const rows = await stack.database.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM queue_row WHERE case_number = ANY($1) AND amount_fen = 8900 AND status = 'awaiting-merchant-decision'`,
    [numbers],
  )
  expect(rows).toEqual([{ n: count }])
  expect(await countRows(stack.database, 'pending')).toBe(0)
}

describe('a poisoned message (fault F8)', () => {
  it.each(POISON_TEXTS.map(([name, text], i) => [name, text, i] as const))(
    'with %s is kept, and its neighbours are processed',
    async (_name, text, i) => {
      const from = 10_000 + i * 10
      const [before = '', after = ''] = validPushes(from, 2)
      const poisonedPush = JSON.stringify({ tag: '200', msg_id: `poison-${i}`, data: text })
      expect(await deliver([before, poisonedPush, after])).toMatchObject({ status: 200 })
      await stack.receiveAll()
      await expectCasesInQueue(from, 2)
    },
  )

  it.each(POISON_TEXTS.map(([name, text], i) => [name, text, i] as const))(
    'with %s as a whole delivery is accepted or rejected, and never causes an exception',
    async (_name, text, i) => {
      expect(await stack.pushRaw(Buffer.from(text))).toMatchObject({ status: 200 })
      await stack.receiveAll()
      const from = 20_000 + i * 10
      await deliver(validPushes(from, 1))
      await stack.receiveAll()
      await expectCasesInQueue(from, 1)
    },
  )

  it('that was altered at random neither spoils nor delays another: 100 of them, in batches of 500', async () => {
    const draw = new Chance('mutants').draw('poison')
    const from = 100_000
    const pushes = validPushes(from, MUTANTS * 99)
    const messagesBefore = await countRows(stack.database, 'message')
    let longestMs = 0
    for (let i = 0; i < MUTANTS; i += 5) {
      const batch = pushes.slice(i * 99, (i + 5) * 99)
      for (let n = 0; n < 5; n++) {
        const push = refundPush({ caseNumber: caseNumberOf(50_000 + i + n), at: stack.now, id: `mutant-${i + n}` })
        batch.splice(draw.between(0, batch.length), 0, mutatePush(push, draw))
      }
      expect(await deliver(batch)).toMatchObject({ status: 200 })
      const started = performance.now()
      expect(await stack.receiveAll(BATCH)).toBe(BATCH)
      longestMs = Math.max(longestMs, performance.now() - started)
    }
    await expectCasesInQueue(from, MUTANTS * 99)
    expect(await countRows(stack.database, 'message')).toBe(messagesBefore + MUTANTS * 100)
    const reasons = await stack.database.query<{ reason: string; n: number }[]>(
      'SELECT reason, count(*)::int AS n FROM quarantine GROUP BY 1',
    )
    expect(reasons.map(({ reason }) => reason)).toContain('unintelligible')
    expect(longestMs).toBeLessThan(5_000)
  })
})
