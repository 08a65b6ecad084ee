import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import { ArmStrategy, ArmStrategyHandler, DisarmStrategy, DisarmStrategyHandler } from '#case-handling'
import { draftStrategy } from '#ledgers'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'

const STRATEGY = {
  policy: 'returnReasonIsChosen',
  name: 'armed during an upgrade',
  settings: { reasons: [], codes: [], matchesAllConfirmed: true },
}

export interface ArmingReport {
  /** Number of times a strategy was armed or disarmed. */
  readonly changes: number
  readonly wrong: readonly string[]
}

/**
 * A person arms a strategy in shadow mode and disarms it, again and again, also while an upgrade changes tables and another
 * version runs. In the end it is armed, and every open case must have been judged again.
 */
export async function armRepeatedly(
  database: DataSource,
  now: () => number,
  isGoingOn: () => boolean,
): Promise<ArmingReport> {
  const wrong: string[] = []
  let changes = 0
  const author = () => ({ org: 1, by: 'lin', at: now() })
  const stores = (await database.query<{ id: number }[]>('SELECT id FROM store WHERE org = 1')).map(({ id }) => id)
  const { strategy, version } = await database.transaction((m) => draftStrategy(m, author(), STRATEGY))
  const change = async (wanted: 'armed' | 'disarmed'): Promise<void> => {
    try {
      const answer =
        wanted === 'armed'
          ? await new ArmStrategyHandler(database).execute(
              new ArmStrategy(author(), strategy, version, stores, 'shadow', undefined, undefined),
            )
          : await new DisarmStrategyHandler(database).execute(new DisarmStrategy(author(), strategy, undefined))
      if (answer.type === 'kept') changes++
      else wrong.push(`not ${wanted}: ${answer.reason}`)
    } catch (error) {
      wrong.push(`not ${wanted}: ${String((error as { code?: unknown }).code)} ${String(error)}`)
    }
  }
  for (; isGoingOn(); await pause(300)) {
    await change('armed')
    await change('disarmed')
  }
  await change('armed')
  await waitUntil(
    'every open case was looked at again',
    async () => (await countRows(database, 'look_again')) === 0,
    60_000,
  )
  return { changes, wrong }
}
