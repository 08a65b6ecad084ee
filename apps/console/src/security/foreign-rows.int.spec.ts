import { loadStreams } from '#event-store'
import { saveDeadLetters, sourceOf } from '#messaging'
import { beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import { headersOf } from '../../test/operator-requests'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'

const INTENT = '00000000-0000-4000-8000-00000000000a'
/** Well below what a statement waits for a lock; a write that finds nothing takes a few ms. */
const AT_ONCE_MS = 2_000
let stack: Stack
let theirs: string
let message: number

beforeAll(async () => {
  stack = await openStack()
  theirs = await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON, 100))
  message = await stack.message(stack.theirs.store, 'push', 'rubbish')
  await stack.work()
  const letter = { consumer: 'c', eventId: 'e', topic: 't', key: 'k', reason: 'r', value: Buffer.from('{}') }
  await saveDeadLetters(stack.database, [{ ...letter, headers: { ce_source: sourceOf(stack.theirs.org) } }])
})
afterAll(() => stack.close())

/** The answer, or `waited` where it was still waiting for the row. */
async function write(url: string, payload?: object): Promise<unknown> {
  const asked = stack.app.inject({
    method: 'POST',
    url,
    headers: { ...headersOf('lin'), 'idempotency-key': INTENT },
    ...(payload === undefined ? {} : { payload }),
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'waited'>((resolve) => (timer = setTimeout(() => resolve('waited'), AT_ONCE_MS)))
  const answer = await Promise.race([asked.then(({ statusCode }) => statusCode), late])
  clearTimeout(timer)
  return answer
}

const judged = '2026-11-22T04:00:00Z'
const action = { name: 'extend-time' }

describe('a request for rows that another organisation has locked (fault B9)', () => {
  it.each([
    ['an action on the case', () => [`/api/cases/${theirs}/actions`, { action, judged }], 404],
    [
      'a batch of actions on the case',
      () => ['/api/actions/batch', { items: [{ caseId: theirs, intent: INTENT, action, judged }] }],
      200,
    ],
    ['an attestation', () => [`/api/cases/${theirs}/actions/${INTENT}/attest`, undefined], 404],
    ['the end of an action', () => [`/api/cases/${theirs}/actions/${INTENT}/close`, { as: 'withdrawn' }], 404],
    ['facts', () => [`/api/cases/${theirs}/facts`, { chatExists: true }], 404],
    ['a message to be run again', () => [`/api/quarantine/${message}/run-again`, undefined], 404],
    ['a letter to be sent again', () => ['/api/dead-letters/1/send-again', undefined], 404],
    ['terms of a store', () => [`/api/stores/${stack.theirs.store.id}/terms`, { document: {}, after: 0 }], 404],
  ] as const)('for %s is answered at once, and waits for no lock', async (_name, asked, status) => {
    const [url, payload] = asked() as [string, object | undefined]
    const holding = await beginTransaction(stack.database, async (manager) => {
      await loadStreams(manager, [theirs])
      await manager.query('SELECT 1 FROM quarantine FOR UPDATE')
      await manager.query('SELECT 1 FROM message WHERE id = $1 FOR UPDATE', [message])
      await manager.query('SELECT 1 FROM dead_letter FOR UPDATE')
    })
    try {
      expect(await write(url, payload)).toBe(status)
    } finally {
      await holding.rollBack()
    }
  })

  it('would wait if it read the row: the worker of that organisation does', async () => {
    const holding = await beginTransaction(stack.database, (manager) => loadStreams(manager, [theirs]))
    const second = stack.database.transaction((manager) => loadStreams(manager, [theirs]))
    await untilLockWaits(stack.database, 1)
    await holding.rollBack()
    expect(await second).toMatchObject([{ id: theirs }])
  })
})
