import type { DataSource } from 'typeorm'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { truthOf } from '../../apps/simulator/src/truth'
import type { AfterSaleCase } from '#after-sale'

/** Where the queue and the marketplaces differ: one line a difference, empty when they agree in every case. */
export async function differencesTo(simulator: RunningSimulator, database: DataSource): Promise<string[]> {
  const rows = await database.query<{ state: AfterSaleCase }[]>('SELECT state FROM stream')
  return differencesOf(
    simulator,
    rows.map(({ state }) => state),
  )
}

/** What a case is known by, as far as marketplaces show it. */
export type Known = Pick<AfterSaleCase, 'marketplace' | 'caseNumber' | 'status' | 'amounts' | 'order' | 'deadline'>

/** The differences between these cases and the marketplaces. */
export function differencesOf(simulator: RunningSimulator, cases: readonly Known[]): string[] {
  const known = new Map(cases.map((file) => [`${file.marketplace}/${file.caseNumber}`, file]))
  const differences: string[] = []
  let total = 0
  for (const record of simulator.world.page(0, Number.MAX_SAFE_INTEGER)) {
    const truth = truthOf(record, simulator)
    const place = `${truth.marketplace}/${truth.caseNumber}`
    const file = known.get(place)
    total += 1
    if (file === undefined) {
      differences.push(`${place}: is not in the queue`)
      continue
    }
    const say = (what: string, ours: unknown, theirs: unknown): void => {
      if (ours !== theirs)
        differences.push(`${place} (status ${truth.status}): ${what} is ${String(ours)}, there ${String(theirs)}`)
    }
    say('status', file.status?.raw, String(truth.status))
    say('money', file.amounts?.total ?? null, truth.refundFen)
    say('order', file.order?.orderNumber, truth.orderNumber)
    if (!truth.final)
      say(
        'deadline',
        file.deadline?.forRaw === file.status?.raw ? (file.deadline?.due ?? null) : undefined,
        truth.deadlineMs,
      )
  }
  if (known.size > total) differences.push(`the queue has ${known.size - total} cases that do not exist`)
  return differences
}

/** Polls until they agree or the timeout is over; returns what still differs. */
export async function untilTheyAgree(
  simulator: RunningSimulator,
  database: DataSource,
  withinMs: number,
): Promise<string[]> {
  const until = performance.now() + withinMs
  for (;;) {
    const differences = await differencesTo(simulator, database)
    if (differences.length === 0 || performance.now() > until) return differences
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
