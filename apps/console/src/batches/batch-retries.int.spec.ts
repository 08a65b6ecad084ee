import { batchRequests } from '../../test/batch-requests'
import { BatchWorker } from '../../test/batch-worker'
import { openStack, type Stack } from '../../test/stack'

let stack: Stack
beforeAll(async () => void (stack = await openStack()))
afterAll(() => stack.close())

const { cases, freeze, start, started, recall, retry, itemsOf, outcomesOf, effectsOf } = batchRequests(() => stack, 'R')
const canRetry = async (id: string): Promise<unknown> =>
  (await stack.operator.get(`/api/batches/${id}`)).body['canRetry']

it('what failed is not offered to a second retry while the first one has it', async () => {
  const ids = await cases(2)
  const id = await started(ids)
  const worker = await BatchWorker.open(stack.database)
  await worker.untilDone()
  for (const { stream, intent } of await effectsOf(ids))
    await worker.answer(stream, intent, { type: 'refused', code: '50002' })
  const [one, two] = [await retry(id), await retry(id)]
  // Frozen only, they have taken nothing over.
  expect(await canRetry(id)).toBe(true)
  // Two tabs may freeze the same failures. Once one of the sets is started, no further one is made of them.
  expect([one.body['toSend'], two.body['toSend']]).toEqual([2, 2])
  expect((await start(one)).status).toBe(200)
  expect((await retry(id)).body['code']).toBe('batch-not-retriable')
  expect(await canRetry(id)).toBe(false)
  expect((await start(two)).status).toBe(200)
  await worker.untilDone()
  expect((await itemsOf(String(two.body['id']))).map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['refused-by-us', 'AlreadyRetried'],
    ['refused-by-us', 'AlreadyRetried'],
  ])
  // A retry that sent nothing has taken nothing over.
  await recall(String(one.body['id']))
  await worker.untilDone()
  expect(await outcomesOf(String(one.body['id']))).toEqual(['recalled', 'recalled'])
  expect(await canRetry(id)).toBe(true)
  expect(await retry(id)).toMatchObject({ status: 201, body: { toSend: 2 } })
})

it('what costs or says something each time is not repeated by a second retry, also after the first one has done it', async () => {
  const ids = await cases(2)
  const action = { name: 'add-remark', text: '已联系买家' }
  const frozen = await stack.operator.post('/api/batches', { action, caseIds: ids })
  expect((await start(frozen)).status).toBe(200)
  const worker = await BatchWorker.open(stack.database)
  await worker.untilDone()
  for (const { stream, intent } of await effectsOf(ids))
    await worker.answer(stream, intent, { type: 'refused', code: '50002' })
  const id = String(frozen.body['id'])
  const [one, two] = [await retry(id), await retry(id)]
  expect([(await start(one)).status, await worker.untilDone()]).toEqual([200, undefined])
  for (const { stream, intent, state } of await effectsOf(ids))
    if (state !== 'ended') await worker.answer(stream, intent, { type: 'done' })
  expect((await start(two)).status).toBe(200)
  await worker.untilDone()
  expect((await itemsOf(String(two.body['id']))).map(({ reason }) => reason)).toEqual([
    'AlreadyRetried',
    'AlreadyRetried',
  ])
  expect(await effectsOf(ids)).toHaveLength(4)
})

it('texts that cannot be opened are not retried', async () => {
  const ids = await cases(1)
  const id = await started(ids)
  const worker = await BatchWorker.open(stack.database)
  await worker.untilDone()
  for (const { stream, intent } of await effectsOf(ids))
    await worker.answer(stream, intent, { type: 'refused', code: '50002' })
  await stack.database.query(
    `UPDATE action_batch SET sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1) WHERE id = $1`,
    [id],
  )
  expect((await retry(id)).body['code']).toBe('batch-not-retriable')
})

describe('the items of a batch with one reason', () => {
  it('are those that the batch shows with it: our reasons, and codes of the marketplace', async () => {
    const ids = await cases(3)
    const frozen = await freeze(ids)
    await stack.database.query(
      `UPDATE action_batch_item SET state = 'refused', reason = 'StorePaused' WHERE batch = $1 AND n = 1`,
      [frozen.body['id']],
    )
    const shown = await stack.operator.get(`/api/batches/${String(frozen.body['id'])}`)
    expect((await start(shown)).status).toBe(200)
    const worker = await BatchWorker.open(stack.database)
    await worker.untilDone()
    const [refused] = (await effectsOf(ids)).filter(({ stream }) => stream === ids[1])
    await worker.answer(String(refused?.stream), String(refused?.intent), { type: 'refused', code: '50002' })
    const of = async (query: string): Promise<unknown> => {
      const { status, body } = await stack.operator.get(`/api/batches/${String(frozen.body['id'])}/items?${query}`)
      return status === 200 ? (body['items'] as { caseId: string }[]).map(({ caseId }) => caseId) : status
    }
    expect(await of('reason=StorePaused')).toEqual([ids[0]])
    expect(await of('reason=50002')).toEqual([ids[1]])
    expect(await of('reason=50002&outcome=refused-by-us')).toEqual([])
    for (const hostile of [`' OR true --`, '%', '_', '$1', 'storepaused', '{StorePaused}', 'null', '\u{1f600}'])
      expect([hostile, await of(`reason=${encodeURIComponent(hostile)}`)]).toEqual([hostile, []])
    for (const malformed of [
      'reason=',
      `reason=${'a'.repeat(101)}`,
      'reason=StorePaused&reason=50002',
      'reason[]=StorePaused',
      'reason=StorePaused%00',
    ])
      expect([malformed, await of(malformed)]).toEqual([malformed, 400])
  })
})
