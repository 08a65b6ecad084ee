import { operatorLogOf } from '#ledgers'
import { saveDeadLetters, deadLetters, sourceOf } from '#messaging'
import type { RequestOptions, Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const UUID = '0c0c0c0c-0000-4000-8000-000000000001'
/** The only writes without a log-in: they are how a person logs in. */
const WITHOUT_LOG_IN = [
  'POST /api/links/open',
  'POST /api/links/view',
  'POST /api/session',
  'POST /api/session/oidc',
  'POST /api/session/oidc/complete',
  'POST /api/session/passkey',
  'POST /api/session/passkey/begin',
  'POST /api/session/second-factor',
]
const PATH_VALUES: Readonly<Record<string, string>> = {
  id: UUID,
  intent: UUID,
  appeal: UUID,
  hash: 'a'.repeat(64),
  version: '1',
}

let stack: Stack
let ours: { readonly id: string; readonly store: string }
beforeAll(async () => {
  stack = await openStack()
  const [store] = stack.ours.stores
  ours = { id: await stack.recordReport(store, '1', waiting(NOON + HOUR, 5_000)), store: String(store.id) }
})
afterAll(() => stack.close())

const send = (method: string, url: string, payload: object = {}, options?: RequestOptions): Promise<Response> =>
  stack.operator.send(method as 'POST', url, payload, options)
const operatorLog = async (): Promise<unknown[]> =>
  (await operatorLogOf(stack.database, stack.ours.org)).map(({ at, operator, what, subject }) => [
    at - NOON,
    operator,
    what,
    subject,
  ])

describe('the operator log (fault A22)', () => {
  it('knows the operator of every write: a request without log-in is refused', async () => {
    const paths = (await stack.get('/openapi.json')).body.paths as Record<string, Record<string, unknown>>
    const writes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => [method.toUpperCase(), path] as const),
    )
    expect(writes.length).toBeGreaterThan(15)
    const operationsWithoutLogIn: string[] = []
    for (const [method, path] of writes) {
      // `{id}` is a number in these paths and a UUID in all others.
      const values = /strategies|stores|quarantine|dead-letters/.test(path) ? { ...PATH_VALUES, id: '1' } : PATH_VALUES
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1')
      const isEvidence = path.endsWith('/evidence')
      const { status, body } = await send(method, url, isEvidence ? Buffer.from('x') : {}, {
        operator: null,
        headers: {
          ...(isEvidence ? { 'content-type': 'image/png' } : {}),
          ...(path.endsWith('/actions') ? { 'idempotency-key': UUID } : {}),
        },
      })
      if (status !== 401 || body.code !== 'not-signed-in') operationsWithoutLogIn.push(`${method} ${path}`)
    }
    expect(operationsWithoutLogIn.sort()).toEqual(WITHOUT_LOG_IN)
  })

  it('records who ran a message again and when, and nothing where there is no such message', async () => {
    const id = await stack.message(stack.ours.stores[0], 'push', 'not JSON')
    const theirs = await stack.message(stack.theirs.store, 'push', 'not JSON')
    await stack.work()
    const asked = send('POST', `/api/quarantine/${id}/run-again`)
    let done = false
    void asked.finally(() => (done = true))
    while (!done) await stack.work()
    expect((await asked).status).toBe(200)
    expect((await send('POST', `/api/quarantine/${theirs}/run-again`)).status).toBe(404)
    expect(await operatorLog()).toEqual([[0, 'lin', 'quarantine.run-again', String(id)]])
  })

  it('records each time that a dead letter is sent again', async () => {
    const letter = {
      ...{ consumer: 'analysts', eventId: 'case-1/1/case-opened.v1', topic: 'shouhou.case-events', key: 'case-1' },
      ...{ reason: 'Error 22001', headers: { ce_source: sourceOf(stack.ours.org) }, value: Buffer.from('{}') },
    }
    await saveDeadLetters(stack.database, [letter])
    const [{ id } = { id: 0 }] = await deadLetters(stack.database, { source: sourceOf(stack.ours.org) })
    expect((await send('POST', `/api/dead-letters/${id}/send-again`)).status).toBe(202)
    stack.now += HOUR
    expect((await send('POST', `/api/dead-letters/${id}/send-again`, {}, { operator: '王' })).status).toBe(202)
    stack.now = NOON
    expect((await operatorLog()).slice(0, 2)).toEqual([
      [HOUR, '王', 'dead-letter.send-again', String(id)],
      [0, 'lin', 'dead-letter.send-again', String(id)],
    ])
    expect((await send('POST', '/api/dead-letters/999999/send-again')).status).toBe(404)
  })

  it('records a trial, the naming of the main account, and a judgement of evidence', async () => {
    const draft = {
      policy: 'returnReasonIsChosen',
      name: 'x',
      settings: { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
    }
    const { id } = (await send('POST', '/api/strategies', draft)).body
    const range = { stores: [ours.store], from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' }
    const trial = (await send('POST', `/api/strategies/${String(id)}/versions/1/trials`, range)).body
    await send('PUT', '/api/strategies/main-account', { account: 'lin' })
    await stack.database.query(
      `INSERT INTO evidence_piece (stream, hash, org, store, type, kind, bytes, keep_until, added_by, added_at)
       VALUES ($1, $2, $3, 1, 'image/png', 'image', 1, $4, 'lin', 1)`,
      [ours.id, 'a'.repeat(64), stack.ours.org, NOON + HOUR],
    )
    await send('POST', `/api/cases/${ours.id}/evidence/${'a'.repeat(64)}/judged`, { invalid: true, late: false })
    expect((await operatorLog()).slice(0, 3)).toEqual([
      [0, 'lin', 'evidence.judge', `${ours.id}/${'a'.repeat(64)}`],
      [0, 'lin', 'main-account.name', 'lin'],
      [0, 'lin', 'trial.start', String(trial.id)],
    ])
  })

  it('is append only: no row is changed or removed', async () => {
    const before = await operatorLog()
    for (const sql of [`UPDATE operator_log SET operator = 'x'`, 'DELETE FROM operator_log'])
      await expect(stack.database.query(sql)).rejects.toThrow('append only')
    expect(await operatorLog()).toEqual(before)
  })
})
