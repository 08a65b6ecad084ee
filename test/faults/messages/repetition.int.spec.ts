import { Chance } from '../../../apps/simulator/src/random'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Push, Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { caseNumberOf } from '../../support/case-numbers'

const GATEWAYS = 8
const CASES = 200
let fresh: FreshDatabase
let gateways: Stack[]

beforeAll(async () => {
  fresh = await freshDatabase()
  gateways = []
  for (let i = 0; i < GATEWAYS; i++) gateways.push(await openStack(fresh.url))
})
afterAll(async () => {
  for (const gateway of gateways) await gateway.close()
  await fresh.drop()
})

const gateway = (n: number): Stack => gateways[n % GATEWAYS] as Stack

describe('a message that is sent again (fault F5)', () => {
  it('is one message and one event, sent 1 to 50 times, through eight gateways at once and within one request', async () => {
    const draw = new Chance('repetition').draw('times')
    const { now } = gateway(0)
    const pushes = Array.from({ length: CASES }, (_, i) => refundPush({ caseNumber: caseNumberOf(i), at: now }))
    const copies: Push[] = pushes.flatMap((push) => Array.from({ length: draw.between(1, 50) }, () => push))
    for (let i = copies.length - 1; i > 0; i--) {
      const j = draw.between(0, i)
      ;[copies[i], copies[j]] = [copies[j] as Push, copies[i] as Push]
    }
    const requests: Push[][] = []
    while (copies.length > 0) requests.push(copies.splice(0, draw.between(1, 50)))
    const answers = await Promise.all(requests.map((messages, i) => gateway(i).push(...messages)))
    expect(answers.filter((answer) => answer === 'unknown-app' || answer.status !== 200)).toEqual([])
    expect(await countRows(gateway(0).database, 'message')).toBe(CASES)
    await Promise.all(gateways.map((one) => one.receiveAll(50)))
    expect(await countRows(gateway(0).database, 'event')).toBe(CASES)
    expect(await countRows(gateway(0).database, 'stream')).toBe(CASES)
    expect(await countRows(gateway(0).database, 'outgoing')).toBe(CASES)
    expect(await countRows(gateway(0).database, 'quarantine')).toBe(0)
  })

  it('is still the same message a year later, after its case has ended', async () => {
    const push = refundPush({ caseNumber: caseNumberOf(900), at: gateway(0).now, id: 'once and for all' })
    await gateway(0).push(push)
    await gateway(0).receiveAll()
    const events = await countRows(gateway(0).database, 'event')
    gateway(1).now += 366 * 24 * 3_600_000
    expect(await gateway(1).push(push)).toMatchObject({ status: 200 })
    expect(await gateway(1).receiveAll()).toBe(0)
    expect(await countRows(gateway(0).database, 'event')).toBe(events)
  })

  it('is another message, and not lost, if it has the same id but other content (fault A16)', async () => {
    const caseNumber = caseNumberOf(901)
    const { now } = gateway(0)
    await gateway(0).push(refundPush({ caseNumber, at: now, fen: 8900, id: 'push-8900' }))
    await gateway(0).push(refundPush({ caseNumber, at: now + 1000, fen: 1, id: 'push-8900' }))
    await gateway(0).receiveAll()
    expect((await gateway(0).caseOf(caseNumber))?.amounts?.total).toBe(1)
  })
})

describe('an empty input (fault F10)', () => {
  it('changes nothing and is no error, as a request, a queue, the deadlines or the feed', async () => {
    const before = await Promise.all(
      (['message', 'event', 'outgoing', 'timer'] as const).map((table) => countRows(gateway(0).database, table)),
    )
    expect(await gateway(0).push()).toEqual({ status: 200, body: '{"code":0,"msg":"success"}' })
    expect(await gateway(0).receiveAll()).toBe(0)
    expect(await gateway(0).fire()).toBe(0)
    expect(
      await Promise.all(
        (['message', 'event', 'outgoing', 'timer'] as const).map((table) => countRows(gateway(0).database, table)),
      ),
    ).toEqual(before)
    expect(gateways.flatMap(({ troubles }) => troubles)).toEqual([])
  })
})
