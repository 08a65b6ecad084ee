import type { DataSource } from 'typeorm'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { truthOf } from '../../apps/simulator/src/world/truth'
import type { AfterSaleCase } from '#after-sale'

/** Compares the cases of the database with the simulated marketplaces: one line a difference, empty when all agree. */
export async function differencesInDatabase(simulator: RunningSimulator, database: DataSource): Promise<string[]> {
  const rows = await database.query<{ state: AfterSaleCase }[]>('SELECT state FROM stream')
  return differencesOf(
    simulator,
    rows.map(({ state }) => state),
  )
}

/** The members of a case that are compared with the marketplace's record. */
export type ComparedCase = Pick<
  AfterSaleCase,
  'marketplace' | 'caseNumber' | 'status' | 'amounts' | 'order' | 'deadline'
>

/** The differences between these cases and the simulated marketplaces' records. */
export function differencesOf(simulator: RunningSimulator, cases: readonly ComparedCase[]): string[] {
  const known = new Map(cases.map((afterSale) => [`${afterSale.marketplace}/${afterSale.caseNumber}`, afterSale]))
  const differences: string[] = []
  let total = 0
  for (const record of simulator.world.page(0, Number.MAX_SAFE_INTEGER)) {
    const truth = truthOf(record, simulator)
    const key = `${truth.marketplace}/${truth.caseNumber}`
    const afterSale = known.get(key)
    total += 1
    if (afterSale === undefined) {
      differences.push(`${key}: missing in the queue`)
      continue
    }
    const compare = (what: string, ours: unknown, theirs: unknown): void => {
      if (ours !== theirs)
        differences.push(`${key} (status ${truth.status}): ${what} is ${String(ours)}, there ${String(theirs)}`)
    }
    compare('status', afterSale.status?.raw, String(truth.status))
    compare('money', afterSale.amounts?.total ?? null, truth.refundFen)
    compare('order', afterSale.order?.orderNumber, truth.orderNumber)
    if (!truth.final)
      compare(
        'deadline',
        afterSale.deadline?.forRaw === afterSale.status?.raw ? (afterSale.deadline?.due ?? null) : undefined,
        truth.deadlineMs,
      )
  }
  if (known.size > total) differences.push(`the queue has ${known.size - total} cases that do not exist`)
  return differences
}

/** Polls until they agree or the timeout is over; returns what still differs. */
export async function untilQueueAgrees(
  simulator: RunningSimulator,
  database: DataSource,
  withinMs: number,
): Promise<string[]> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const startedAt = performance.now()
    const differences = await differencesInDatabase(simulator, database)
    if (differences.length === 0 || performance.now() > deadline) return differences
    // All cases are compared; the workers, who make them agree, need the machine more.
    await new Promise((resolve) => setTimeout(resolve, Math.max(250, 4 * (performance.now() - startedAt))))
  }
}
