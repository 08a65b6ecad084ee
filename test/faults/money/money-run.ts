import type { IntentState, RecordObservation } from '#after-sale'
import { INTENT_STATES } from '#after-sale'
import { Chance, type Draw } from '../../../apps/simulator/src/random'
import { StepScheduler } from './step-scheduler'
import { REFUND_CHECKS, SingleCaseMarketplace } from './single-case-marketplace'
import { SimulatedDatabase } from './simulated-database'
import type { Safeguards } from './planted-bugs'
import { allSafeguards } from './planted-bugs'
import { SimulatedWorkers } from './simulated-workers'

const SECOND = 1_000
const STEPS = 160
const CALM_ROUNDS = 120
/** By then every action that is still open must be a task for a person. */
const A_DAY_LATER = 25 * 3_600_000

export interface MoneyRun {
  readonly seed: string
  readonly payments: number
  readonly doubts: number
  readonly intents: number
  /** Empty: every invariant held. */
  readonly wrong: readonly string[]
}

/**
 * One case, two workers, people who click, a buyer who changes the application, and a marketplace whose answers are lost or
 * late or whose calls never arrive, in an order determined by the seed; workers are killed and suspended before and after
 * every step. Then the faults stop, and every action must end with the money paid once.
 */
export async function moneyRun(seed: string, safeguards: Safeguards = allSafeguards): Promise<MoneyRun> {
  const draw = new Chance(seed).draw('money')
  const marketplace = new SingleCaseMarketplace(seed, draw.pick(REFUND_CHECKS))
  const database = new SimulatedDatabase(safeguards)
  const scheduler = new StepScheduler()
  const workers = new SimulatedWorkers(database, marketplace, scheduler, draw, safeguards)
  const reports: RecordObservation[] = []
  let highestRefundFen = marketplace.record.refundFen
  database.execute(marketplace.observe())
  workers.start()
  workers.start()
  for (let step = 0; step < STEPS; step++) {
    await runRandomStep({ draw, marketplace, database, scheduler, workers, reports })
    highestRefundFen = Math.max(highestRefundFen, marketplace.record.refundFen)
  }
  workers.isCalm = true
  // Suspended workers continue, and every report arrives.
  marketplace.advance(10 * 60 * SECOND)
  for (const report of reports) database.execute(report)
  for (let round = 0; round < CALM_ROUNDS && !database.isQuiet; round++) {
    for (let i = 0; i < 8; i++) await scheduler.runOneStep(draw, workers.mayRun)
    marketplace.advance(7 * SECOND)
    database.fireTimers(marketplace.now)
    if (database.wantsReading) {
      database.wantsReading = false
      database.execute(marketplace.observe())
    }
  }
  const { payments } = marketplace
  return {
    seed,
    payments: payments.length,
    doubts: database.everInDoubt.size,
    intents: database.intents.length,
    wrong: findViolations(database, marketplace, highestRefundFen),
  }
}

interface Scene {
  readonly draw: Draw
  readonly marketplace: SingleCaseMarketplace
  readonly database: SimulatedDatabase
  readonly scheduler: StepScheduler
  readonly workers: SimulatedWorkers
  readonly reports: RecordObservation[]
}

async function runRandomStep({ draw, marketplace, database, scheduler, workers, reports }: Scene): Promise<void> {
  const roll = draw.between(0, 99)
  const latest = database.intents.at(-1)
  if (roll < 62) await scheduler.runOneStep(draw, workers.mayRun)
  else if (roll < 72) marketplace.advance(draw.between(1, 6_000))
  else if (roll < 76) marketplace.advance(draw.between(10 * SECOND, 70 * SECOND))
  else if (roll < 79) workers.killOne()
  else if (roll < 82) workers.suspendOne(draw.between(SECOND, 4 * 60 * SECOND))
  // A click, the same click once more, or another person's click.
  else if (roll < 89)
    database.requestRefund(
      latest === undefined || draw.chance(0.5) ? `i-${database.intents.length + 1}` : latest.id,
      marketplace.now,
    )
  else if (roll < 90) database.withdraw(latest?.id ?? '', marketplace.now)
  else if (roll < 91) marketplace.changeByBuyer(draw)
  else if (roll < 93) database.fireTimers(marketplace.now)
  // A report of the present state may arrive much later, and in any order.
  else if (roll < 96) reports.push(marketplace.observe())
  else if (reports.length > 0)
    database.execute(...(reports.splice(draw.between(0, reports.length - 1), 1) as [RecordObservation]))
}

/** Final states that mean that nothing was carried out. */
const WITHOUT_EFFECT: ReadonlySet<IntentState> = new Set<IntentState>(['refused', 'stale', 'lapsed', 'withdrawn'])

function findViolations(
  database: SimulatedDatabase,
  marketplace: SingleCaseMarketplace,
  highestRefundFen: number,
): string[] {
  const { payments, now, orderPaid } = marketplace
  const wrong: string[] = []
  const total = payments.reduce((sum, { fen }) => sum + fen, 0)
  if (total > highestRefundFen) wrong.push(`refunded ${total} fen where the buyer asked for ${highestRefundFen}`)
  if (total > orderPaid) wrong.push(`refunded ${total} fen of an order of ${orderPaid}`)
  for (const { id, state } of database.intents) {
    const paid = payments.filter(({ intent }) => intent === id).length
    if (paid > 1) wrong.push(`${id} was carried out ${paid} times`)
    if (paid > 0 && WITHOUT_EFFECT.has(state)) wrong.push(`${id} is ${state}, and was carried out`)
    if (state === 'confirmed' && payments.length === 0) wrong.push(`${id} is confirmed, and nothing was ever paid`)
    if (INTENT_STATES[state].open && !database.isTask(id, now + A_DAY_LATER))
      wrong.push(`${id} is ${state} forever, and is no task of a person`)
  }
  return wrong
}
