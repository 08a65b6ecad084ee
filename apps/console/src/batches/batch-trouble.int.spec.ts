import type { DataSource } from 'typeorm'
import { batchRequests } from '../../test/batch-requests'
import { BatchWorker } from '../../test/batch-worker'
import { openStack, type Stack } from '../../test/stack'

let stack: Stack
beforeAll(async () => void (stack = await openStack()))
afterAll(() => stack.close())

const { cases, started, itemsOf } = batchRequests(() => stack, 'T')
const outcomesOf = async (id: string): Promise<string[]> =>
  (await itemsOf(id)).map(({ outcome, reason }) => (reason === null ? outcome : `${outcome}: ${reason}`))
const killStep = (): Promise<void> =>
  stack.database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
  )
/** Their actions cannot be stored, as if there were an error in the data of these cases. */
const breakCases = async (ids: readonly string[]): Promise<void> => {
  await stack.database.query(`CREATE FUNCTION refuse_effect() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.stream = ANY ('{${ids.join(',')}}'::uuid[]) THEN RAISE 'broken'; END IF; RETURN NEW; END $$`)
  await stack.database.query(
    'CREATE TRIGGER refuse_effect BEFORE INSERT ON effect FOR EACH ROW EXECUTE FUNCTION refuse_effect()',
  )
}
const mendCases = (): Promise<void> => stack.database.query('DROP FUNCTION refuse_effect() CASCADE')

it('no case is refused because the database went away, also where it goes away in each step', async () => {
  const id = await started(await cases(2))
  const dying = await BatchWorker.open(stack.database, 1, killStep)
  for (let step = 0; step < 8; step++) await expect(dying.step()).rejects.toThrow()
  expect(await outcomesOf(id)).toEqual(['waiting', 'waiting'])
  await (await BatchWorker.open(stack.database, 1)).untilDone()
  expect(await outcomesOf(id)).toEqual(['accepted', 'accepted'])
})

it('no case is refused because a worker does not know a new key yet: it tries again, after other batches', async () => {
  const [first, second] = [await started(await cases(2)), await started(await cases(1))]
  const late = await BatchWorker.open(stack.database, 1, undefined, false)
  const order = async (): Promise<string[]> =>
    (
      await stack.database.query<{ id: string }[]>(
        `SELECT id FROM action_batch WHERE state = 'running' ORDER BY advanced_at`,
      )
    ).map(({ id }) => id)
  expect(await order()).toEqual([first, second])
  await expect(late.step()).rejects.toThrow()
  expect(await order()).toEqual([second, first])
  for (let step = 0; step < 3; step++) await expect(late.step()).rejects.toThrow()
  expect([await outcomesOf(first), await outcomesOf(second)]).toEqual([['waiting', 'waiting'], ['waiting']])
  await late.learnKeys()
  await late.untilDone()
  expect([await outcomesOf(first), await outcomesOf(second)]).toEqual([['accepted', 'accepted'], ['accepted']])
})

it('a case that another worker requests after the error stays requested', async () => {
  const ids = await cases(1)
  const id = await started(ids)
  await breakCases(ids)
  const other = await BatchWorker.open(stack.database)
  let transactions = 0
  const between: PropertyDescriptor = {
    value: async (work: Parameters<DataSource['transaction']>[1]) => {
      if (++transactions === 2) {
        await mendCases()
        expect(await other.step()).toBe(1)
      }
      return stack.database.transaction(work)
    },
  }
  const failing = await BatchWorker.open(Object.create(stack.database, { transaction: between }) as DataSource, 1)
  expect([await failing.step(), transactions]).toEqual([1, 2])
  expect(await outcomesOf(id)).toEqual(['accepted'])
  await other.untilDone()
})

it('a batch whose cases cannot be written does not hold up the others', async () => {
  const broken = await cases(5)
  const [first, second] = [await started(broken), await started(await cases(1))]
  await breakCases(broken)
  try {
    const worker = await BatchWorker.open(stack.database, 1)
    await worker.step()
    await worker.step()
    expect((await outcomesOf(first)).slice(0, 2)).toEqual(['refused-by-us: CouldNotBeWritten', 'waiting'])
    expect(await outcomesOf(second)).toEqual(['accepted'])
    await worker.untilDone()
    expect(await outcomesOf(first)).toEqual(broken.map(() => 'refused-by-us: CouldNotBeWritten'))
  } finally {
    await mendCases()
  }
})
