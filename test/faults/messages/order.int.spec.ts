import type { AfterSaleCase } from '#after-sale'
import { Chance } from '../../../apps/simulator/src/random'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Push, Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { canonicalJson } from '../../processes/canonical-json'
import { caseNumberOf } from '../../support/case-numbers'

const SECOND = 1_000
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

/** Applied, changed in amount, agreed, sent back, changed in reason while under way, paid: six messages of one case. */
const pushHistory = (caseNumber: string, start: number): Push[] => [
  refundPush({ tag: '200', caseNumber, status: 6, type: 0, fen: 8900, at: start }),
  refundPush({ tag: '208', caseNumber, status: 6, type: 0, fen: 5000, at: start + 60 * SECOND }),
  refundPush({ tag: '202', caseNumber, status: 7, type: 0, fen: 5000, at: start + 120 * SECOND }),
  refundPush({ tag: '203', caseNumber, status: 11, type: 0, fen: 5000, at: start + 180 * SECOND }),
  refundPush({ tag: '204', caseNumber, status: 29, type: 0, fen: 4800, at: start + 240 * SECOND }),
  refundPush({ tag: '206', caseNumber, status: 12, type: 0, fen: 4800, at: start + 300 * SECOND }),
]

function permutationsOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, i) =>
    permutationsOf([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  )
}

/** The case without its number and version, which differ although the cases are equal otherwise. */
const comparableState = ({ caseNumber, version, ...known }: AfterSaleCase): string =>
  canonicalJson({ ...known, caseNumber: caseNumber.slice(0, 8), steps: version > 0 })

const readStates = async (numbers: readonly string[]): Promise<AfterSaleCase[]> => {
  const rows = await stack.database.query<{ state: AfterSaleCase }[]>(
    `SELECT state FROM stream WHERE state->>'caseNumber' = ANY($1) ORDER BY state->>'caseNumber'`,
    [numbers],
  )
  return rows.map(({ state }) => state)
}

describe('the messages of one case (fault F6)', () => {
  it('end in one and the same case in all 720 orders, received one at a time', async () => {
    const orders = permutationsOf([0, 1, 2, 3, 4, 5])
    const numbers = orders.map((_, i) => caseNumberOf(i))
    for (let step = 0; step < 6; step++) {
      const pushes = orders.map(
        (order, i) => pushHistory(numbers[i] as string, stack.now)[order[step] as number] as Push,
      )
      await stack.push(...pushes)
      await stack.receiveAll()
    }
    const known = (await readStates(numbers)).map(comparableState)
    expect(known).toHaveLength(720)
    expect(new Set(known).size).toBe(1)
    expect(await countRows(stack.database, 'quarantine')).toBe(0)
  })

  it('end in the case that their own order gives when shuffled among those of 400 others, in batches of any size', async () => {
    const draw = new Chance('shuffled').draw('order')
    const inOrder = Array.from({ length: 10 }, (_, i) => caseNumberOf(5_000 + i))
    const shuffled = Array.from({ length: 400 }, (_, i) => caseNumberOf(10_000 + i))
    for (const number of inOrder) {
      for (const push of pushHistory(number, stack.now)) await stack.push(push)
      await stack.receiveAll(1)
    }
    const messages = shuffled.flatMap((number) => pushHistory(number, stack.now))
    for (let i = messages.length - 1; i > 0; i--) {
      const j = draw.between(0, i)
      ;[messages[i], messages[j]] = [messages[j] as Push, messages[i] as Push]
    }
    while (messages.length > 0) {
      await stack.push(...messages.splice(0, draw.between(1, 400)))
      await stack.receiveAll(draw.between(25, 500))
    }
    const expected = new Set((await readStates(inOrder)).map(comparableState))
    const known = (await readStates(shuffled)).map(comparableState)
    expect(expected.size).toBe(1)
    expect(known.filter((one) => !expected.has(one))).toEqual([])
    expect(known).toHaveLength(400)
  })

  it('leave the same queue row, whatever their order', async () => {
    const rows = await stack.database.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM (SELECT DISTINCT lane, due_at, risk_fen, amount_fen, applied_at, turn, status, kind,
         variant, outcome, due_kind, due_source, due_breach, reason_code FROM queue_row) AS looks`,
    )
    expect(rows).toEqual([{ n: 1 }])
    expect(await countRows(stack.database, 'timer')).toBe(0)
  })
})

describe('a message older than what is known (fault F7)', () => {
  it.each([0, 1, 2, 3, 4])(
    'is kept in the history and does not set the case back: of six, the one at index %i',
    async (lateIndex) => {
      const caseNumber = caseNumberOf(900_000 + lateIndex)
      const pushes = pushHistory(caseNumber, stack.now)
      await stack.push(...pushes.filter((_, i) => i !== lateIndex))
      await stack.receiveAll()
      const before = await stack.caseOf(caseNumber)
      const messages = await countRows(stack.database, 'message')
      await stack.push(pushes[lateIndex] as Push)
      expect(await stack.receiveAll()).toBe(1)
      const after = await stack.caseOf(caseNumber)
      expect(await countRows(stack.database, 'message')).toBe(messages + 1)
      expect(after).toMatchObject({
        status: before?.status,
        amounts: before?.amounts,
        kind: before?.kind,
        lastSeen: before?.lastSeen,
      })
      expect(Object.keys(after?.reached ?? {}).length).toBeGreaterThanOrEqual(Object.keys(before?.reached ?? {}).length)
    },
  )
})
