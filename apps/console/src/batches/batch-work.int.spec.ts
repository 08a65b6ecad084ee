import { batchRequests } from '../../test/batch-requests'
import { BatchWorker } from '../../test/batch-worker'
import { openStack, type Stack } from '../../test/stack'

let stack: Stack
beforeAll(async () => void (stack = await openStack()))
afterAll(() => stack.close())

const { cases, freeze, started, recall, retry, itemsOf, outcomesOf, effectsOf } = batchRequests(() => stack, 'W')
const countBy = (list: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(list)].sort().map((word) => [word, list.filter((one) => one === word).length]))

describe('a batch that is carried out', () => {
  it('goes on after a crash in the middle of it, and requests each action once', async () => {
    const ids = await cases(10)
    const id = await started(ids)
    let steps = 0
    const dying = await BatchWorker.open(stack.database, 4, async () => {
      if (++steps !== 2) return
      // The worker dies before it commits its second step.
      await stack.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
      )
    })
    expect(await dying.step()).toBe(4)
    await expect(dying.step()).rejects.toThrow()
    expect(steps).toBe(2)
    expect(countBy(await outcomesOf(id))).toEqual({ accepted: 4, waiting: 6 })
    await (await BatchWorker.open(stack.database, 4)).untilDone()
    expect(countBy(await outcomesOf(id))).toEqual({ accepted: 10 })
    expect((await effectsOf(ids)).map(({ stream }) => stream)).toEqual([...ids].sort())
    const [{ n }] = (await stack.database.query(
      `SELECT count(*) AS n FROM audit_entry WHERE action = 'case.acted' AND details ->> 'batch' = $1`,
      [id],
    )) as [{ n: number }]
    expect(n).toBe(10)
  })

  it('decides each case once where two owners start overlapping sets at once, with two workers', async () => {
    const ids = await cases(30)
    const anna = { operator: { login: 'anna', role: 'owner' } } as const
    const [one, two] = await Promise.all([started(ids.slice(0, 20)), started(ids.slice(10), anna)])
    const workers = await Promise.all([BatchWorker.open(stack.database, 3), BatchWorker.open(stack.database, 4)])
    await Promise.all(
      workers.map(async (worker) => {
        // A deadlock of the two is retried, as by the loop of a worker.
        for (let done = 1; done > 0;) done = await worker.step().catch(() => 1)
      }),
    )
    const [first, second] = [await itemsOf(one), await itemsOf(two)]
    expect(countBy([...first, ...second].map(({ outcome }) => outcome))).toEqual({ accepted: 30, 'refused-by-us': 10 })
    expect(await effectsOf(ids)).toHaveLength(30)
    const refused = [...first, ...second].filter(({ outcome }) => outcome === 'refused-by-us')
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['AlreadyDecided']))
  })

  it('refuses only the case that cannot be written', async () => {
    const ids = await cases(5)
    const id = await started(ids)
    await stack.database.query(`CREATE FUNCTION refuse_effect() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.stream = '${ids[2] ?? ''}' THEN RAISE 'broken'; END IF; RETURN NEW; END $$`)
    await stack.database.query(
      'CREATE TRIGGER refuse_effect BEFORE INSERT ON effect FOR EACH ROW EXECUTE FUNCTION refuse_effect()',
    )
    try {
      await (await BatchWorker.open(stack.database)).untilDone()
    } finally {
      await stack.database.query('DROP FUNCTION refuse_effect() CASCADE')
    }
    expect((await itemsOf(id)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['accepted', null],
      ['accepted', null],
      ['refused-by-us', 'CouldNotBeWritten'],
      ['accepted', null],
      ['accepted', null],
    ])
  })

  it('shows what the marketplace refused with its words, and retries that as a new set', async () => {
    const ids = await cases(5)
    const id = await started(ids)
    const worker = await BatchWorker.open(stack.database)
    await worker.untilDone()
    const intents = new Map((await effectsOf(ids)).map(({ stream, intent }) => [stream, intent]))
    for (const [n, caseId] of ids.entries()) {
      const refused = { type: 'refused', code: '50002' } as const
      const intent = intents.get(caseId) ?? ''
      if (n < 2) await worker.answer(caseId, intent, refused, '请联系 13912345678')
      else if (n < 4) await worker.answer(caseId, intent, { type: 'done' })
    }
    const { body } = await stack.operator.get(`/api/batches/${id}`)
    expect(body).toMatchObject({ state: 'ended', canRetry: true, canRecall: true })
    expect(
      (body['outcomes'] as { outcome: string; cases: number }[]).map(({ outcome, cases: n }) => [outcome, n]),
    ).toEqual([
      ['done', 2],
      ['refused-by-platform', 2],
      ['accepted', 1],
    ])
    expect((await itemsOf(id))[0]).toMatchObject({ reason: '50002', text: '请联系 139****5678' })
    const again = await retry(id)
    expect([again.status, again.body]).toMatchObject([201, { state: 'frozen', retryOf: id, cases: 2, toSend: 2 }])
    expect((await itemsOf(String(again.body['id']))).map(({ caseId }) => caseId)).toEqual(ids.slice(0, 2))
    const nothing = await retry(String(again.body['id']))
    expect(nothing.body['code']).toBe('batch-not-retriable')
  })
})

it('sums that no number holds exactly are shown as the largest one, and can be confirmed', async () => {
  const { body } = await freeze(await cases(2))
  const id = String(body['id'])
  await stack.database.query('UPDATE action_batch_item SET amount_fen = $2 WHERE batch = $1', [
    id,
    Number.MAX_SAFE_INTEGER,
  ])
  const shown = await stack.operator.get(`/api/batches/${id}`)
  expect([shown.status, shown.body['totalFen']]).toEqual([200, Number.MAX_SAFE_INTEGER])
  expect((await stack.operator.get('/api/batches')).status).toBe(200)
  const confirmed = { cases: 2, totalFen: shown.body['totalFen'], warnings: [] }
  expect((await stack.operator.post(`/api/batches/${id}/start`, confirmed)).status).toBe(200)
  await recall(id)
  await (await BatchWorker.open(stack.database)).untilDone()
})

describe('a batch that is called back', () => {
  it('withdraws what has not left, requests nothing more, and leaves what was sent', async () => {
    const ids = await cases(9)
    const id = await started(ids)
    await stack.database.query('UPDATE action_batch SET undo_ms = 30000 WHERE id = $1', [id])
    const worker = await BatchWorker.open(stack.database, 3)
    await worker.step()
    await worker.step()
    // Of the six that were requested, one was sent meanwhile.
    const sent = (await itemsOf(id))[1]?.caseId
    await stack.database.query(`UPDATE effect SET state = 'sent', lease_until = 9e15 WHERE stream = $1`, [sent])
    expect(await recall(id)).toMatchObject({ status: 200, body: { state: 'recalling' } })
    expect((await recall(id)).body['state']).toBe('recalling')
    await worker.untilDone()
    const { body } = await stack.operator.get(`/api/batches/${id}`)
    expect(body['undoSeconds']).toBe(30)
    expect([body['state'], body['canRecall'], countBy(await outcomesOf(id))]).toEqual([
      'ended',
      false,
      { accepted: 1, recalled: 8 },
    ])
    expect(countBy((await effectsOf(ids)).map(({ state }) => state))).toEqual({ ended: 5, sent: 1 })
    const closed = await stack.database.query(
      `SELECT 1 FROM audit_entry WHERE action = 'case.action-closed' AND details ->> 'batch' = $1`,
      [id],
    )
    expect(closed).toHaveLength(5)
  })

  it('also where it is called back while a step is being written: nothing of it leaves', async () => {
    for (let round = 0; round < 5; round++) {
      const ids = await cases(8)
      const id = await started(ids)
      await stack.database.query('UPDATE action_batch SET undo_ms = 30000 WHERE id = $1', [id])
      const worker = await BatchWorker.open(stack.database, 3)
      await Promise.all([worker.untilDone(), recall(id)])
      await worker.untilDone()
      expect(await outcomesOf(id)).toEqual(ids.map(() => 'recalled'))
      expect((await effectsOf(ids)).filter(({ state }) => state !== 'ended')).toEqual([])
    }
  })

  it('and a set that was never started is given up', async () => {
    const { body } = await freeze(await cases(1))
    expect((await recall(String(body['id']))).body).toMatchObject({ state: 'ended', startedAt: null, canRetry: false })
  })
})

it('texts are forgotten a day after the end, and sets that were never started as well', async () => {
  const [ended, frozen] = [await started(await cases(1)), String((await freeze(await cases(1))).body['id'])]
  await (await BatchWorker.open(stack.database)).untilDone()
  await stack.database.query('UPDATE action_batch SET created_at = 0, ended_at = 0 WHERE id = ANY ($1::uuid[])', [
    [ended, frozen],
  ])
  await (await BatchWorker.open(stack.database)).untilDone()
  expect(
    await stack.database.query('SELECT id, sealed FROM action_batch WHERE id = ANY ($1::uuid[])', [[ended, frozen]]),
  ).toEqual([{ id: ended, sealed: null }])
  expect((await stack.operator.get(`/api/batches/${ended}`)).body).toMatchObject({ canRetry: false })
})
