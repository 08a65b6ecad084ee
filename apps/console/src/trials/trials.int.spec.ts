import { beginTrial } from '#ledgers'
import { HOUR, NOON, openStack, type Stack } from '../../test/stack'

const DRAFT = {
  policy: 'returnReasonIsChosen',
  name: '质量问题自动同意退货',
  settings: { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
}

describe('a trial whose console is gone', () => {
  let stack: Stack
  let strategy: string
  let store: string
  beforeAll(async () => {
    stack = await openStack()
    store = String(stack.ours.stores[0].id)
    strategy = String((await call('POST', '/api/strategies', DRAFT)).body['id'])
  })
  afterAll(() => stack.close())

  const call = (method: 'GET' | 'POST', url: string, payload?: object) =>
    stack.operator.send(method, url, payload, { operator: 'lin' })
  const trial = (id: unknown) => call('GET', `/api/strategies/trials/${String(id)}`)
  const until = async (id: unknown, state: string): Promise<void> => {
    while ((await trial(id)).body['state'] !== state);
  }
  const expireHeartbeat = (id: unknown) =>
    stack.database.query(`UPDATE trial SET alive_until = clock_timestamp() - interval '1 ms' WHERE id = $1`, [id])
  /** What a console that was killed leaves behind. */
  const abandonTrial = async (): Promise<number> => {
    const wish = { strategy: Number(strategy), version: 1, stores: [Number(store)], from: NOON - HOUR, to: NOON + HOUR }
    const id = await beginTrial(stack.database, { org: stack.ours.org, by: 'lin', at: NOON }, wish)
    await expireHeartbeat(id)
    return id
  }
  const arm = (id: unknown) =>
    call('POST', `/api/strategies/${strategy}/versions/1/arm`, {
      stores: [store],
      mode: 'live',
      capFen: 100,
      trial: String(id),
    })

  it('is shown as broken off, with the reason, and arms nothing', async () => {
    const id = await abandonTrial()
    const shown = {
      state: 'failed',
      reason: {
        code: 'broken-off',
        zh: expect.stringContaining('中断') as string,
        en: expect.stringContaining('gone') as string,
      },
    }
    expect((await trial(id)).body).toMatchObject({ ...shown, report: null })
    const listed = (await call('GET', `/api/strategies/${strategy}`)).body['trials'] as { id: string }[]
    expect(listed.find((one) => one.id === String(id))).toMatchObject(shown)
    expect(await arm(id)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('run again') as string },
    })
  })

  it('is run again with the same stores and days, and then arms', async () => {
    const again = await call('POST', `/api/strategies/trials/${await abandonTrial()}/again`)
    expect(again.status).toBe(202)
    await until(again.body['id'], 'done')
    expect((await trial(again.body['id'])).body).toMatchObject({
      reason: null,
      stores: [store],
      from: new Date(NOON - HOUR).toISOString(),
    })
    expect((await arm(again.body['id'])).status).toBe(200)
  })

  it('is broken off only while its console sends no sign of life, and goes on once it does', async () => {
    const runner = stack.database.createQueryRunner()
    await runner.startTransaction()
    // Held up for as long as the test wants: what it reads is locked.
    await runner.query('LOCK TABLE stream IN ACCESS EXCLUSIVE MODE')
    const { body } = await call('POST', `/api/strategies/${strategy}/versions/1/trials`, {
      stores: [store],
      from: new Date(NOON - HOUR).toISOString(),
      to: new Date(NOON + HOUR).toISOString(),
    })
    const id = body['id']
    expect((await call('POST', `/api/strategies/trials/${String(id)}/again`)).status).toBe(409)
    await expireHeartbeat(id)
    expect((await trial(id)).body).toMatchObject({ state: 'failed', reason: { code: 'broken-off' } })
    await until(id, 'running')
    await runner.commitTransaction()
    await runner.release()
    await until(id, 'done')
  })

  it('is not run again under an unknown id', async () => {
    expect((await call('POST', '/api/strategies/trials/999999/again')).status).toBe(404)
    expect((await call('POST', '/api/strategies/trials/x/again')).status).toBe(400)
  })
})
