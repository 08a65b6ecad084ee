import type { FreshDatabase } from '../../../../test/postgres/database'
import { freshDatabase } from '../../../../test/postgres/database'
import type { Stack } from '../../../../test/support/stack'
import { openStack, refundPush } from '../../../../test/support/stack'
import { openPullCursor, readPoolUsage } from '#event-store'
import { readDeploymentStatus } from './deployment-status'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

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

const readStatus = () => readDeploymentStatus(stack.database, stack.now)

describe('the status of the deployment', () => {
  it('has only zeros in an empty deployment', async () => {
    expect(await readStatus()).toEqual({
      pending: 0,
      oldestPendingSeconds: 0,
      quarantined: { unintelligible: 0 },
      cases: { us: 0, buyer: 0, platform: 0, carrier: 0, nobody: 0 },
      deadlinesNear: { '1h': 0, '6h': 0 },
      deadlinesMissed: 0,
      effects: { ready: 0, sent: 0, 'in-doubt': 0 },
      oldestDoubtSeconds: 0,
      tasks: {},
      readings: 0,
      readingsFailing: 0,
      stores: [],
    })
  })

  it('follows a case from its push to its missed deadline', async () => {
    await openPullCursor(stack.database, { id: stack.store, org: stack.org }, stack.now - HOUR, stack.now)
    await stack.push(refundPush({ caseNumber: '7000893114000000001', at: stack.now }), {
      tag: '200',
      msg_id: 'a riddle',
      data: '{',
    })
    stack.now += 3_000
    expect(await readStatus()).toMatchObject({
      pending: 2,
      oldestPendingSeconds: 3,
      stores: [
        {
          store: stack.store,
          provenSeconds: 3_603,
          pulledSeconds: undefined,
          pushedSeconds: undefined,
          unprovenWindows: 0,
        },
      ],
    })
    await stack.receiveAll()
    stack.now += 1_000
    const afterReceiving = await readStatus()
    expect(afterReceiving).toMatchObject({
      pending: 0,
      quarantined: { unintelligible: 1 },
      cases: { us: 1 },
      deadlinesNear: { '1h': 0, '6h': 0 },
      readings: 1,
    })
    expect(afterReceiving.stores[0]?.pushedSeconds).toBe(4)
    // The push names no deadline, so two days are assumed.
    stack.now += 42.5 * HOUR
    expect(await readStatus()).toMatchObject({ deadlinesNear: { '1h': 0, '6h': 1 }, deadlinesMissed: 0 })
    stack.now += 5 * HOUR
    expect(await readStatus()).toMatchObject({ deadlinesNear: { '1h': 1, '6h': 1 }, deadlinesMissed: 0 })
    stack.now += HOUR
    expect(await readStatus()).toMatchObject({ deadlinesNear: { '1h': 0, '6h': 0 }, deadlinesMissed: 1 })
  })

  it('counts an action in doubt at once, and a task when it is due', async () => {
    const [{ id = '' } = {}] = await stack.database.query<{ id?: string }[]>('SELECT id FROM stream LIMIT 1')
    const insertTask = `INSERT INTO task (case_id, intent, id, org, store, reason, due_at) VALUES ($1, $2, gen_random_uuid(), $3, $4, $5, $6)`
    await stack.database.query(insertTask, [id, 'one', stack.org, stack.store, 'in-doubt', stack.now + MINUTE])
    await stack.database.query(insertTask, [
      id,
      'two',
      stack.org,
      stack.store,
      'to-be-done-by-hand',
      stack.now - MINUTE,
    ])
    expect(await readStatus()).toMatchObject({
      effects: { 'in-doubt': 1 },
      oldestDoubtSeconds: 0,
      tasks: { 'in-doubt': 0, 'to-be-done-by-hand': 1 },
    })
    stack.now += 10 * MINUTE
    expect(await readStatus()).toMatchObject({ oldestDoubtSeconds: 600, tasks: { 'in-doubt': 1 } })
  })

  it('is read over one connection, which is released', async () => {
    const before = readPoolUsage(stack.database)
    await Promise.all([readStatus(), readStatus()])
    const after = readPoolUsage(stack.database)
    expect([after.waiting, after.size - after.idle]).toEqual([before.waiting, before.size - before.idle])
    expect(after.max).toBe(8)
  })
})
