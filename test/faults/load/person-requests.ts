import type { DataSource } from 'typeorm'
import { loadKeys, openVault, messageSealingOf } from '#access'
import type { RequestAction } from '#after-sale'
import { ActionOrders, CaseWriter, StrategyJudge, StrategiesInForce, wayOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { projections } from '#read-models'
import { TEST_KEY } from '../../support/in-process-deployment'

const journal = { info: () => undefined, warn: () => undefined }

/** Writes actions that people request on many cases, through the writer that console and worker use. */
export async function writePersonRequests(
  database: DataSource,
  requests: readonly { readonly id: string; readonly store: number; readonly request: RequestAction }[],
  now: number,
): Promise<void> {
  const judge = new StrategyJudge(new StrategiesInForce(journal), wayOf(MARKETPLACES))
  const vault = openVault(TEST_KEY)
  await loadKeys(database, vault)
  const writer = new CaseWriter(projections, undefined, judge, new ActionOrders(messageSealingOf(vault)))
  for (let i = 0; i < requests.length; i += 200) {
    const batch = requests
      .slice(i, i + 200)
      .map(({ id, store, request }) => ({ id, org: 1, store, command: request, messageId: null }))
    await database.transaction((manager) => writer.write(manager, batch, now))
  }
}
