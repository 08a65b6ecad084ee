import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { ActingDeployment } from './acting-deployment'
import { openActingDeployment, isSuspended } from './acting-deployment'
import { waitUntil } from '../../processes/wait-until'
import type { RealProcess } from '../../processes/real-process'

const SECOND = 1_000
const TAKEN_OVER_MS = 30_000
let fresh: FreshDatabase
let acting: ActingDeployment

beforeAll(async () => {
  fresh = await freshDatabase()
  acting = await openActingDeployment(fresh.url, 'actions-1')
}, 300_000)
afterAll(async () => {
  await acting.close()
  await fresh.drop()
})

/** Moves the marketplaces' clock; what is due is pushed and read meanwhile. */
const advanceClock = (ms: number): void => void acting.deployment.simulator.clock.advance(ms)

describe('an action whose answer was lost (fault F18)', () => {
  it.each([
    ['cut after it was carried out', 'timeoutAfterEffect', 'douyin'],
    ['cut after it was carried out', 'timeoutAfterEffect', 'pinduoduo'],
    ['answered with 500 after it was carried out', 'answer500AfterEffect', 'douyin'],
    ['answered with 500 after it was carried out', 'answer500AfterEffect', 'pinduoduo'],
  ] as const)('that was %s (%s, %s) is found by reading the case, and done once', async (_, fault, marketplace) => {
    const number = await acting.applyForRefund(marketplace)
    acting.planFaults({ fault, caseNumber: number })
    expect(await acting.agreeToRefund(number)).toMatchObject({ type: 'decided', state: 'intended' })
    await acting.untilIntent(number, ['confirmed'])
    expect(acting.effectsOf(number).refundsOrdered).toBe(1)
  })

  it('that is carried out half a minute late is in doubt until then, and done once', async () => {
    const number = await acting.applyForRefund('douyin')
    acting.planFaults({ fault: 'effectLate', caseNumber: number })
    await acting.agreeToRefund(number)
    await acting.untilIntent(number, ['in-doubt'])
    expect(acting.effectsOf(number).refundsOrdered).toBe(0)
    advanceClock(31 * SECOND)
    await acting.untilIntent(number, ['confirmed'])
    expect(acting.effectsOf(number).refundsOrdered).toBe(1)
  })

  it('that never arrived becomes a task within a minute, is not sent again, and may then be decided again', async () => {
    const number = await acting.applyForRefund('douyin')
    acting.planFaults({ fault: 'dropBeforeEffect', caseNumber: number })
    await acting.agreeToRefund(number)
    const { id } = await acting.untilIntent(number, ['in-doubt'])
    const reasons = async (): Promise<unknown[]> =>
      (await acting.readTasks()).filter((task) => task.caseNumber === number).map((task) => task.reason)
    expect(await reasons()).toEqual([])
    // The worker's clock lags behind the marketplaces' by up to a quarter of a second.
    advanceClock(60 * SECOND + 500)
    expect(await reasons()).toEqual(['in-doubt'])
    expect(await acting.agreeToRefund(number)).toMatchObject({ type: 'refused', reason: 'AlreadyDecided' })
    advanceClock(31 * SECOND)
    await acting.untilIntent(number, ['lapsed'])
    advanceClock(500)
    expect(await reasons()).toEqual(['did-not-happen'])
    acting.planFaults()
    expect(await acting.agreeToRefund(number)).toMatchObject({ type: 'decided' })
    await acting.untilIntent(number, ['confirmed'])
    expect((await acting.readIntent(number))?.id).not.toBe(id)
    expect(acting.effectsOf(number).refundsOrdered).toBe(1)
  })
})

describe('workers that are suspended or killed around a call (faults F17 and F1)', () => {
  it('send nothing twice, and their actions are taken over within half a minute', async () => {
    acting.planFaults()
    const points = [
      ['perform.claimed', 'kill', 0],
      ['perform.sending', 'kill', 0],
      ['perform.answered', 'kill', 1],
      ['perform.recorded', 'kill', 1],
      ['perform.claimed', 'stop', 0],
      ['perform.sending', 'stop', 0],
      ['perform.answered', 'stop', 1],
    ] as const
    const suspendedWorkers: RealProcess[] = []
    const cases: { number: string; point: string; sent: number; since: number }[] = []
    await acting.deployment.now.worker.kill()
    for (const [point, interruption, sent] of points) {
      const worker = await acting.startAnotherWorker({ FAILPOINT: `${point}:1:${interruption}` })
      const number = await acting.applyForRefund('douyin')
      await acting.agreeToRefund(number)
      await waitUntil(`a worker comes to ${point}`, () => worker.ended() || isSuspended(worker), 30_000)
      cases.push({ number, point: `${interruption} at ${point}`, sent, since: performance.now() })
      if (interruption === 'stop') suspendedWorkers.push(worker)
    }
    const sentBefore = cases.map(({ number }) => acting.countCallsAbout(number))
    expect(sentBefore).toEqual(cases.map(({ sent }) => sent))
    await acting.startAnotherWorker()
    const takenOverAfterMs: number[] = []
    for (const { number, since } of cases) {
      const { state } = await acting.untilIntent(number, ['in-doubt', 'answered', 'confirmed'])
      if (state === 'in-doubt') takenOverAfterMs.push(performance.now() - since)
    }
    // Measured at the last one: the earlier ones also waited until the others were interrupted.
    expect(takenOverAfterMs.at(-1) ?? 0).toBeLessThan(TAKEN_OVER_MS)
    const countAnswers = (): Promise<unknown> =>
      acting.deployment.database.query(
        `SELECT stream, count(*)::int AS n FROM event WHERE type = 'ActionAnswered' GROUP BY 1 ORDER BY 1`,
      )
    const historiesBefore = await countAnswers()
    for (const worker of suspendedWorkers) worker.resume()
    // When one of them, now the only worker, carries out another action, they have continued.
    await acting.deployment.now.worker.stop()
    const number = await acting.applyForRefund('douyin')
    await acting.agreeToRefund(number)
    await acting.untilIntent(number, ['confirmed'])
    expect(await countAnswers()).toHaveLength((historiesBefore as unknown[]).length + 1)
    expect(cases.map((one) => acting.countCallsAbout(one.number))).toEqual(sentBefore)
    // Calls that were not sent have lapsed, those that were sent are confirmed, and nothing stays in doubt.
    advanceClock(5 * 60 * SECOND)
    for (const one of cases) {
      const { state } = await acting.untilIntent(one.number, ['lapsed', 'confirmed'], 60_000)
      expect([one.point, state, acting.effectsOf(one.number).refundsOrdered]).toEqual([
        one.point,
        one.sent === 1 ? 'confirmed' : 'lapsed',
        one.sent,
      ])
    }
  }, 600_000)
})
