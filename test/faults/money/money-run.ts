import type { IntentState, RecordObservation } from '#after-sale'
import { INTENT_STATES } from '#after-sale'
import { Chance, type Draw } from '../../../apps/simulator/src/random'
import { Gates } from './step-scheduler'
import { CAUTIONS, Marketplace } from './single-case-marketplace'
import { Office } from './simulated-database'
import type { Safeguards } from './planted-bugs'
import { allSafeguards } from './planted-bugs'
import { Workers } from './simulated-workers'

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
  const marketplace = new Marketplace(seed, draw.pick(CAUTIONS))
  const office = new Office(safeguards)
  const gates = new Gates()
  const workers = new Workers(office, marketplace, gates, draw, safeguards)
  const reports: RecordObservation[] = []
  let highest = marketplace.case.refundFen
  office.execute(marketplace.show())
  workers.start()
  workers.start()
  for (let step = 0; step < STEPS; step++) {
    await injectOne({ draw, marketplace, office, gates, workers, reports })
    highest = Math.max(highest, marketplace.case.refundFen)
  }
  workers.calm = true
  // Suspended workers continue, and every report arrives.
  marketplace.pass(10 * 60 * SECOND)
  for (const report of reports) office.execute(report)
  for (let round = 0; round < CALM_ROUNDS && !office.isQuiet; round++) {
    for (let i = 0; i < 8; i++) await gates.openOne(draw, workers.mayGo)
    marketplace.pass(7 * SECOND)
    office.fireTimers(marketplace.now)
    if (office.wantsReading) {
      office.wantsReading = false
      office.execute(marketplace.show())
    }
  }
  const { payments } = marketplace
  return {
    seed,
    payments: payments.length,
    doubts: office.everInDoubt.size,
    intents: office.intents.length,
    wrong: wrongWith(office, marketplace, highest),
  }
}

interface Scene {
  readonly draw: Draw
  readonly marketplace: Marketplace
  readonly office: Office
  readonly gates: Gates
  readonly workers: Workers
  readonly reports: RecordObservation[]
}

async function injectOne({ draw, marketplace, office, gates, workers, reports }: Scene): Promise<void> {
  const roll = draw.between(0, 99)
  const latest = office.intents.at(-1)
  if (roll < 62) await gates.openOne(draw, workers.mayGo)
  else if (roll < 72) marketplace.pass(draw.between(1, 6_000))
  else if (roll < 76) marketplace.pass(draw.between(10 * SECOND, 70 * SECOND))
  else if (roll < 79) workers.kill()
  else if (roll < 82) workers.stop(draw.between(SECOND, 4 * 60 * SECOND))
  // A click, the same click once more, or another person's click.
  else if (roll < 89)
    office.ask(latest === undefined || draw.chance(0.5) ? `i-${office.intents.length + 1}` : latest.id, marketplace.now)
  else if (roll < 90) office.withdraw(latest?.id ?? '', marketplace.now)
  else if (roll < 91) marketplace.buyer(draw)
  else if (roll < 93) office.fireTimers(marketplace.now)
  // A report of the present state may arrive much later, and in any order.
  else if (roll < 96) reports.push(marketplace.show())
  else if (reports.length > 0)
    office.execute(...(reports.splice(draw.between(0, reports.length - 1), 1) as [RecordObservation]))
}

/** Final states that mean that nothing was carried out. */
const WITHOUT_EFFECT: ReadonlySet<IntentState> = new Set<IntentState>(['refused', 'stale', 'lapsed', 'withdrawn'])

function wrongWith(office: Office, marketplace: Marketplace, highest: number): string[] {
  const { payments, now, orderPaid } = marketplace
  const wrong: string[] = []
  const total = payments.reduce((sum, { fen }) => sum + fen, 0)
  if (total > highest) wrong.push(`refunded ${total} fen where the buyer asked for ${highest}`)
  if (total > orderPaid) wrong.push(`refunded ${total} fen of an order of ${orderPaid}`)
  for (const { id, state } of office.intents) {
    const paid = payments.filter(({ intent }) => intent === id).length
    if (paid > 1) wrong.push(`${id} was carried out ${paid} times`)
    if (paid > 0 && WITHOUT_EFFECT.has(state)) wrong.push(`${id} is ${state}, and was carried out`)
    if (state === 'confirmed' && payments.length === 0) wrong.push(`${id} is confirmed, and nothing was ever paid`)
    if (INTENT_STATES[state].open && !office.isTask(id, now + A_DAY_LATER))
      wrong.push(`${id} is ${state} forever, and is no task of a person`)
  }
  return wrong
}
