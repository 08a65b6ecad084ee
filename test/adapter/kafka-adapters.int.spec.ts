import { waitUntil } from '../processes/wait-until'
import type { RealProcess } from '../processes/real-process'
import type { AdapterDeployment, SentRecord } from './adapter-deployment'
import { ADAPTER, ANSWER_SECONDS, OTHER_ADAPTER, openAdapterDeployment, signedReport } from './adapter-deployment'

let deployment: AdapterDeployment
let worker: RealProcess
let adapter: RealProcess

beforeAll(async () => {
  deployment = await openAdapterDeployment()
  worker = await deployment.worker()
  adapter = await deployment.adapter()
}, 300_000)
afterAll(() => deployment.close(), 120_000)

let numbers = 0
/** A buyer applies at the adapter's marketplace; resolves with the case number when the gateway knows the case. */
async function applyForRefund(fen = 8900): Promise<string> {
  const number = `70008931140${String(++numbers).padStart(8, '0')}`
  deployment.marketplace.apply(number, fen)
  await deployment.untilKnown(number)
  return number
}

const queryRows = <T>(sql: string, values: unknown[] = []): Promise<T[]> => deployment.database.query<T[]>(sql, values)
const answersTo = async (caseNumber: string): Promise<unknown[]> =>
  (
    await queryRows<{ body: { answer: unknown } }>(
      `SELECT e.body FROM event e JOIN stream s ON s.id = e.stream WHERE s.state->>'caseNumber' = $1 AND e.type = 'ActionAnswered' ORDER BY e.version`,
      [caseNumber],
    )
  ).map(({ body }) => body.answer)
const quarantineDetails = async (): Promise<string[]> =>
  (await queryRows<{ detail: string }>('SELECT detail FROM quarantine ORDER BY message_id')).map(({ detail }) => detail)
const deadLetterReasons = async (): Promise<string[]> =>
  (await queryRows<{ reason: string }>('SELECT reason FROM dead_letter ORDER BY id')).map(({ reason }) => reason)

describe('a marketplace that is connected by an outside adapter', () => {
  it('has its cases in the queue, in the model’s terms, with deadline, amounts and raw status', async () => {
    const number = await applyForRefund(8900)
    const { status, amounts, deadline, order, marketplace, money } = await deployment.untilKnown(number)
    expect({ status, amounts, marketplace, money }).toEqual({
      status: { status: 'awaiting-merchant-decision', raw: 'asked' },
      amounts: { total: 8900, legs: { GOODS: 8900 } },
      marketplace: 'outside',
      money: { stage: 'asked', payer: 'merchant' },
    })
    expect([deadline?.forRaw, order?.orderNumber]).toEqual(['asked', `o-${number}`])
    expect(await queryRows('SELECT case_number FROM queue_row WHERE case_number = $1', [number])).toHaveLength(1)
    const channelSql = `SELECT m.channel FROM message m JOIN event e ON e.message_id = m.id JOIN stream s ON s.id = e.stream WHERE s.state->>'caseNumber' = $1`
    expect((await queryRows<{ channel: string }>(channelSql, [number]))[0]).toEqual({ channel: 'push' })
  })

  it('is proven complete until the instant that its adapter reports', async () => {
    const from = Date.now()
    await waitUntil(
      'the watermark has passed that instant',
      async () =>
        ((await queryRows<{ proven: number }>('SELECT max(proven_until) AS proven FROM pull_cursor'))[0]?.proven ?? 0) >
        from,
    )
  })
})

describe('a refund that a person decides on', () => {
  it('is made once, confirmed by what the marketplace shows, and its note reaches the adapter unchanged', async () => {
    const number = await applyForRefund()
    expect(await deployment.decide(number, { name: 'approve-refund', note: '抱歉,已退款' })).toMatchObject({
      type: 'decided',
      state: 'intended',
    })
    await deployment.untilIntent(number, ['confirmed'])
    expect(deployment.marketplace.refundsOf(number)).toBe(1)
    const [message, ...others] = await deployment.actionMessages(number)
    expect(others).toEqual([])
    expect(JSON.parse(message?.value ?? '')).toMatchObject({
      adapter: ADAPTER.name,
      shop: ADAPTER.shop,
      action: { name: 'approve-refund', note: '抱歉,已退款' },
      raw: 'asked',
    })
  })

  it('is made once though it is published under two claims and both messages are repeated', async () => {
    const number = await applyForRefund()
    deployment.marketplace.nextRefundAnswer('busy')
    await deployment.decide(number)
    await deployment.untilIntent(number, ['confirmed'])
    const messages = await deployment.actionMessages(number)
    const data = messages.map(({ value }) => JSON.parse(value) as { effect: string; token: number })
    expect(new Set(data.map(({ effect }) => effect)).size).toBe(1)
    const [first = { effect: '', token: 0 }, second = { effect: '', token: 0 }] = data
    expect([data.length, second.token > first.token]).toEqual([2, true])
    const before = await answersTo(number)
    await deployment.send('actions', ...messages, ...messages)
    // An answer under the older claim is not accepted, whatever it contains.
    await deployment.send(
      'reports',
      signedReport('act-answered.v1', {
        shop: ADAPTER.shop,
        effect: first.effect,
        token: first.token,
        outcome: 'refused',
        code: 'late',
      }),
    )
    await waitUntil('it is put aside', async () =>
      (await quarantineDetails()).some(
        (detail) => detail === `answered under token ${first.token}; the newest claim is ${second.token}`,
      ),
    )
    // Messages are processed in order, so a later action that is confirmed proves that the repetitions were processed.
    const after = await applyForRefund()
    await deployment.decide(after)
    await deployment.untilIntent(after, ['confirmed'])
    expect([deployment.marketplace.refundsOf(number), await answersTo(number)]).toEqual([1, before])
    expect(before).toEqual([{ type: 'done' }])
  })

  it('is made once though the worker died right after publishing it', async () => {
    const number = await applyForRefund()
    await worker.stop()
    const dyingWorker = await deployment.worker({ FAILPOINT: 'perform.answered:1:kill' })
    await deployment.decide(number)
    await waitUntil('the worker is gone', () => dyingWorker.ended())
    worker = await deployment.worker()
    await deployment.untilIntent(number, ['confirmed'])
    expect([deployment.marketplace.refundsOf(number), (await deployment.actionMessages(number)).length]).toEqual([1, 1])
  })

  it('whose adapter was killed between the call and the answer is in doubt, and settled by reading the case', async () => {
    const number = await applyForRefund()
    deployment.marketplace.nextRefundAnswer('silent')
    await deployment.decide(number)
    await waitUntil('the refund is made', () => deployment.marketplace.refundsOf(number) === 1)
    await adapter.kill()
    await deployment.untilIntent(number, ['in-doubt'])
    adapter = await deployment.adapter()
    await deployment.untilIntent(number, ['confirmed'])
    expect([deployment.marketplace.refundsOf(number), (await deployment.actionMessages(number)).length]).toEqual([1, 1])
  })

  it('that reaches no adapter before it expires is not made, and the adapter reports that when it is back', async () => {
    const number = await applyForRefund()
    await adapter.stop()
    await deployment.decide(number)
    await deployment.untilIntent(number, ['in-doubt'])
    adapter = await deployment.adapter()
    const { code } = await deployment.untilIntent(number, ['refused'])
    expect([deployment.marketplace.refundsOf(number), code, ANSWER_SECONDS * 1_000 < 5_000]).toEqual([
      0,
      'expired',
      true,
    ])
    expect(await answersTo(number)).toEqual([{ type: 'in-doubt' }, { type: 'refused', code: 'expired' }])
    // Nothing was done, so it may be decided again.
    await deployment.decide(number)
    await deployment.untilIntent(number, ['confirmed'])
    expect(deployment.marketplace.refundsOf(number)).toBe(1)
  })

  it('on a case that has changed meanwhile is not made: the adapter reads the case before it acts', async () => {
    const number = await applyForRefund()
    // A state that the schema does not know is not mapped to another one: the case stays as it was.
    deployment.marketplace.changeState(number, 'withdrawn-by-the-buyer')
    await deployment.decide(number)
    await deployment.untilIntent(number, ['stale'])
    expect(deployment.marketplace.refundsOf(number)).toBe(0)
    await waitUntil('it is put aside', async () =>
      (await quarantineDetails()).some((detail) => detail.includes('withdrawn-by-the-buyer')),
    )
  })
})

describe('the topic of reports, to which many may write', () => {
  const withWrongSignature = (record: SentRecord): SentRecord => ({
    ...record,
    headers: { ...record.headers, shouhou_signature: '0'.repeat(64) },
  })
  const observation = { shop: ADAPTER.shop, caseNumber: '66', revision: Date.now(), observedAt: Date.now() }

  it('accepts a sender’s own reports, rejects all others with the reason, and delays no report for them', async () => {
    const before = (await deadLetterReasons()).length
    const genuine = signedReport('case-observed.v1', observation)
    await deployment.send(
      'reports',
      { key: 'any', value: 'rubbish', headers: {} },
      signedReport('case-observed.v1', { shop: ADAPTER.shop }),
      { ...genuine, value: genuine.value.replace('"66"', '"67"') },
      withWrongSignature(signedReport('case-observed.v1', observation)),
      signedReport('case-observed.v1', observation, OTHER_ADAPTER),
      signedReport('case-observed.v1', observation, { ...OTHER_ADAPTER, name: 'unregistered' }),
      signedReport('case-observed.v1', { ...observation, caseNumber: '68' }),
    )
    await deployment.untilKnown('68')
    const reasons = (await deadLetterReasons()).slice(before)
    expect([...reasons].sort()).toEqual([
      '/ lacks caseNumber',
      'forged',
      'forged',
      'not a CloudEvent 1.0 in binary mode',
      'not-its-store',
      'unknown-adapter',
    ])
    expect([await deployment.caseOf('66'), await deployment.caseOf('67')]).toEqual([undefined, undefined])
  })

  it('accepts no answer to an action of another adapter', async () => {
    const number = await applyForRefund()
    await deployment.decide(number)
    await deployment.untilIntent(number, ['confirmed'])
    const [message] = await deployment.actionMessages(number)
    const { effect, token } = JSON.parse(message?.value ?? '') as { effect: string; token: number }
    const before = (await quarantineDetails()).length
    await deployment.send(
      'reports',
      signedReport('act-answered.v1', { shop: OTHER_ADAPTER.shop, effect, token, outcome: 'refused' }, OTHER_ADAPTER),
    )
    await waitUntil('it is put aside', async () => (await quarantineDetails()).length > before)
    expect((await quarantineDetails()).at(-1)).toBe('no such action was handed out for this store')
    expect(await answersTo(number)).toEqual([{ type: 'done' }])
  })
})

describe('the reports of adapters', () => {
  it('are stored: a replay with the current code results in the same cases', async () => {
    await worker.stop()
    const { cases, differing } = await deployment.replayAll()
    expect([cases > 8, differing]).toEqual([true, []])
  })
})
