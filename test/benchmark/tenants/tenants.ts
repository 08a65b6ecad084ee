import { openDatabase, roleName, secureTables } from '#event-store'
import { ALL_TABLES } from '../../postgres/migrations'
import { LANES, SHOPS } from '../bench-worker'
import type { Figure } from '../figure'
import { createFilledInbox, measureReceiving, warmUp } from '../processing/processing'
import { generatePushes } from '../pushes'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import { ALL_MIGRATIONS, type BenchServer } from '../server'

const PREFIX = 'shouhou_bench'

/** Processing by the worker's own role, under row-level security, against the same by a superuser, whom no policy concerns. */
export async function tenants(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const inbox = await createFilledInbox(server, generatePushes(scale.messages, SHOPS))
  const owner = await openDatabase({ url: inbox.url, pool: 2, migrations: ALL_MIGRATIONS })
  await secureTables(owner, ALL_TABLES, { prefix: PREFIX })
  await owner.destroy()
  const pair = await compareInterleaved(
    scale.rounds,
    () => measureReceiving(server, inbox, LANES, roleName(PREFIX, 'worker')),
    () => measureReceiving(server, inbox),
  )
  await inbox.drop()
  return [
    {
      figure: 'tenants',
      value: pair.ours,
      unit: 'messages/s',
      against: 'without row-level security',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 0.9,
      remarks: [pair.remark, `${scale.messages} messages, ${LANES} batches at once`],
    },
  ]
}
