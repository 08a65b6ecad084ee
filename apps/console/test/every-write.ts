import { randomUUID } from 'node:crypto'
import { saveDeadLetters, sourceOf } from '#messaging'
import { png } from '../../../test/support/pictures'
import { requestConfirmed } from '../../../test/support/request-confirmed'
import { headersOf, type RequestOptions, type Response } from './operator-requests'
import { HOUR, NOON, waiting, type Stack } from './stack'

/** A text as people type it, in every field that takes one: the audit must not have it. */
export const TYPED = 'Zhang13912345678'

/** One request that changes something. */
export interface Write {
  /** What the entry must be about; `undefined`: an id that the request made. */
  readonly subject?: string
  readonly answer: Response
}

export type Perform = (stack: Stack) => Promise<Write>
type Send = (method: string, url: string, body?: object, options?: RequestOptions) => Promise<Response>

const senderOf =
  (stack: Stack): Send =>
  (method, url, body = {}, options) =>
    stack.operator.send(method as 'POST', url, body, options)

let caseCount = 0
export const newCase = (stack: Stack, facets = {}): Promise<string> =>
  stack.recordReport(stack.ours.stores[1], `W${++caseCount}`, { ...waiting(NOON + HOUR, 5_000), ...facets } as never)

async function actConfirmed(stack: Stack, id: string, action: object): Promise<{ intent: string; answer: Response }> {
  const intent = randomUUID()
  const answer = await requestConfirmed((request) => stack.operator.act(id, request, { intent }), { action })
  return { intent, answer }
}

const freezeBatch = async (stack: Stack): Promise<Response> =>
  senderOf(stack)('POST', '/api/batches', {
    action: { name: 'add-remark', text: TYPED },
    caseIds: [await newCase(stack)],
  })

const SETTINGS = { reasons: ['quality'], codes: [], matchesAllConfirmed: false }
const draftStrategy = async (stack: Stack): Promise<string> => {
  const wish = { policy: 'returnReasonIsChosen', name: TYPED, settings: SETTINGS }
  return String((await senderOf(stack)('POST', '/api/strategies', wish)).body['id'])
}
const SPAN = { from: new Date(NOON - HOUR).toISOString(), to: new Date(NOON + HOUR).toISOString() }

/** Logs a person in and returns the person's id. */
export const logInPerson = async (stack: Stack, login: string) => {
  await stack.signedIn.headers({ login, role: 'owner' })
  const { body } = await stack.operator.get('/api/session', { operator: login })
  return (body['me'] as { id: string }).id
}

/** How each operation that is no GET is carried out once. */
export const EVERY_WRITE: Readonly<Record<string, Perform>> = {
  'POST /api/cases/{id}/facts': async (stack) => {
    const id = await newCase(stack)
    const answer = await senderOf(stack)('POST', `/api/cases/${id}/facts`, { chatExists: true })
    return { subject: `case:${id}`, answer }
  },
  'POST /api/cases/{id}/actions': async (stack) => {
    const id = await newCase(stack)
    return {
      subject: `case:${id}`,
      answer: (await actConfirmed(stack, id, { name: 'add-remark', text: TYPED })).answer,
    }
  },
  'POST /api/actions/batch': async (stack) => {
    const id = await newCase(stack)
    const { revision } = (await stack.operator.get(`/api/cases/${id}`)).body
    const item = { caseId: id, intent: randomUUID(), judged: revision, action: { name: 'add-remark', text: TYPED } }
    const answer = await senderOf(stack)('POST', '/api/actions/batch', { items: [item] })
    return { subject: `organisation:${stack.ours.org}`, answer }
  },
  'POST /api/batches': async (stack) => ({ answer: await freezeBatch(stack) }),
  'POST /api/batches/{id}/start': async (stack) => {
    const { id, toSend: cases, totalFen } = (await freezeBatch(stack)).body
    const confirmed = { cases, totalFen, warnings: [] }
    const answer = await senderOf(stack)('POST', `/api/batches/${String(id)}/start`, confirmed)
    return { subject: `batch:${String(id)}`, answer }
  },
  'POST /api/batches/{id}/recall': async (stack) => {
    const { id } = (await freezeBatch(stack)).body
    return {
      subject: `batch:${String(id)}`,
      answer: await senderOf(stack)('POST', `/api/batches/${String(id)}/recall`),
    }
  },
  'POST /api/batches/{id}/retry': async (stack) => {
    const { id } = (await freezeBatch(stack)).body
    // As if it had been carried out, and one case had been refused.
    await stack.database.query(`UPDATE action_batch SET state = 'ended', started_at = 1, ended_at = 1 WHERE id = $1`, [
      id,
    ])
    await stack.database.query(`UPDATE action_batch_item SET state = 'refused' WHERE batch = $1`, [id])
    return { answer: await senderOf(stack)('POST', `/api/batches/${String(id)}/retry`) }
  },
  'POST /api/cases/{id}/actions/{intent}/attest': async (stack) => {
    const id = await stack.recordReport(stack.ours.stores[0], `W${++caseCount}`, waiting(NOON + HOUR, 5_000))
    const { intent } = await actConfirmed(stack, id, { name: 'propose-amount', amount: 3_000, text: TYPED })
    const answer = await senderOf(stack)('POST', `/api/cases/${id}/actions/${intent}/attest`)
    return { subject: `case:${id}`, answer }
  },
  'POST /api/cases/{id}/actions/{intent}/close': async (stack) => {
    const id = await newCase(stack)
    const { intent } = await actConfirmed(stack, id, { name: 'approve-refund', note: TYPED })
    const answer = await senderOf(stack)('POST', `/api/cases/${id}/actions/${intent}/close`, { as: 'withdrawn' })
    return { subject: `case:${id}`, answer }
  },
  'POST /api/cases/{id}/appeals/{appeal}/results': async (stack) => {
    const id = await stack.recordReport(stack.ours.stores[0], `W${++caseCount}`, {
      ...waiting(NOON + HOUR, 8_900),
      ...{ dispute: { stage: 'ruled-for-buyer' }, money: { stage: 'refunded' } },
    } as never)
    const items = [{ kind: 'liability', text: TYPED }]
    const evidence = [{ hash: 'a'.repeat(64), kind: 'image' }]
    const { intent } = await actConfirmed(stack, id, { name: 'appeal', items, evidence })
    await senderOf(stack)('POST', `/api/cases/${id}/actions/${intent}/attest`)
    const result = { kind: 'liability', result: 'lost', decidedAt: new Date(NOON).toISOString() }
    const answer = await senderOf(stack)('POST', `/api/cases/${id}/appeals/${intent}/results`, result)
    return { subject: `case:${id}`, answer }
  },
  'POST /api/cases/{id}/evidence': async (stack) => addEvidence(stack, await newCase(stack)),
  'POST /api/cases/{id}/evidence/{hash}/judged': async (stack) => {
    const id = await newCase(stack)
    const { hash } = (await addEvidence(stack, id)).answer.body
    const judged = { invalid: true, late: false }
    const answer = await senderOf(stack)('POST', `/api/cases/${id}/evidence/${String(hash)}/judged`, judged)
    return { subject: `case:${id}`, answer }
  },
  'PUT /api/stores/{id}/terms': async (stack) => {
    const [{ id }] = stack.ours.stores
    const wish = { document: {}, after: 0 }
    return { subject: `store:${id}`, answer: await senderOf(stack)('PUT', `/api/stores/${id}/terms`, wish) }
  },
  'POST /api/stores/{id}/advance-refund/open': async (stack) => {
    const [, { id }] = stack.ours.stores
    return { subject: `store:${id}`, answer: await senderOf(stack)('POST', `/api/stores/${id}/advance-refund/open`) }
  },
  'POST /api/stores/{id}/advance-refund/close': async (stack) => {
    const [, { id }] = stack.ours.stores
    await senderOf(stack)('POST', `/api/stores/${id}/advance-refund/open`)
    stack.now += 25 * HOUR
    const answer = await senderOf(stack)('POST', `/api/stores/${id}/advance-refund/close`)
    stack.now = NOON
    return { subject: `store:${id}`, answer }
  },
  'POST /api/strategies': async (stack) => {
    const wish = { policy: 'returnReasonIsChosen', name: TYPED, settings: SETTINGS }
    const answer = await senderOf(stack)('POST', '/api/strategies', wish)
    return { subject: `strategy:${String(answer.body['id'])}`, answer }
  },
  'POST /api/strategies/{id}/versions': async (stack) => {
    const id = await draftStrategy(stack)
    const answer = await senderOf(stack)('POST', `/api/strategies/${id}/versions`, { settings: SETTINGS })
    return { subject: `strategy:${id}`, answer }
  },
  'POST /api/strategies/{id}/versions/{version}/trials': async (stack) => {
    const id = await draftStrategy(stack)
    return { subject: `strategy:${id}`, answer: await startTrial(stack, id) }
  },
  'POST /api/strategies/trials/{id}/again': async (stack) => {
    const id = await draftStrategy(stack)
    const trial = String((await startTrial(stack, id)).body['id'])
    for (let state: unknown = 'running'; state === 'running';)
      state = (await stack.get(`/api/strategies/trials/${trial}`)).body['state']
    const answer = await senderOf(stack)('POST', `/api/strategies/trials/${trial}/again`)
    return { subject: `strategy:${id}`, answer }
  },
  'POST /api/strategies/{id}/versions/{version}/arm': async (stack) => {
    const id = await draftStrategy(stack)
    return { subject: `strategy:${id}`, answer: await armInShadow(stack, id) }
  },
  'POST /api/strategies/{id}/disarm': async (stack) => {
    const id = await draftStrategy(stack)
    await armInShadow(stack, id)
    return { subject: `strategy:${id}`, answer: await senderOf(stack)('POST', `/api/strategies/${id}/disarm`) }
  },
  'PUT /api/strategies/main-account': async (stack) => {
    const id = await logInPerson(stack, 'main')
    const answer = await senderOf(stack)('PUT', '/api/strategies/main-account', { account: 'main' })
    return { subject: `person:${id}`, answer }
  },
  'POST /api/strategies/grants': async (stack) => {
    const id = await logInPerson(stack, 'granted')
    return { subject: `person:${id}`, answer: await postGrant(stack, 'granted') }
  },
  'POST /api/strategies/grants/revoke': async (stack) => {
    const id = await logInPerson(stack, 'revoked')
    await postGrant(stack, 'revoked')
    return { subject: `person:${id}`, answer: await postGrant(stack, 'revoked', '/revoke') }
  },
  'POST /api/quarantine/{id}/run-again': async (stack) => {
    const id = await stack.message(stack.ours.stores[0], 'push', 'not JSON')
    await stack.work()
    const asked = senderOf(stack)('POST', `/api/quarantine/${id}/run-again`)
    let isDone = false
    void asked.finally(() => (isDone = true))
    while (!isDone) await stack.work()
    return { subject: `message:${id}`, answer: await asked }
  },
  'POST /api/dead-letters/{id}/send-again': async (stack) => {
    const headers = { ce_source: sourceOf(stack.ours.org) }
    const letter = { consumer: 'c', eventId: 'e', topic: 't', key: 'k', reason: 'r', headers, value: Buffer.from('{}') }
    await saveDeadLetters(stack.database, [letter])
    const [{ id } = { id: '' }] = (await stack.get('/api/dead-letters')).body['items'] as { id: string }[]
    return { subject: `dead-letter:${id}`, answer: await senderOf(stack)('POST', `/api/dead-letters/${id}/send-again`) }
  },
}

async function addEvidence(stack: Stack, id: string): Promise<Write> {
  const answer = await stack.app.inject({
    method: 'POST',
    url: `/api/cases/${id}/evidence?shows=goods-picture`,
    payload: png(TYPED, 1200, 900),
    headers: { ...headersOf(), 'content-type': 'image/png' },
  })
  return { subject: `case:${id}`, answer: { status: answer.statusCode, body: answer.json() } }
}

const startTrial = (stack: Stack, strategy: string): Promise<Response> =>
  senderOf(stack)('POST', `/api/strategies/${strategy}/versions/1/trials`, {
    stores: [String(stack.ours.stores[0].id)],
    ...SPAN,
  })

const armInShadow = (stack: Stack, strategy: string): Promise<Response> =>
  senderOf(stack)('POST', `/api/strategies/${strategy}/versions/1/arm`, {
    stores: [String(stack.ours.stores[0].id)],
    mode: 'shadow',
  })

const postGrant = (stack: Stack, account: string, revoke = ''): Promise<Response> =>
  senderOf(stack)('POST', `/api/strategies/grants${revoke}`, { account, store: String(stack.ours.stores[0].id) })
