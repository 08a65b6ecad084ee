import type { BenchDatabase, BenchServer } from '../server'
import { vacuumAndCheckpoint } from '../server'
import { LANES, SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { Figure } from '../figure'
import type { WirePush } from '../pushes'
import { generatePushes } from '../pushes'
import { compareInterleaved, measureMs } from '../rounds'
import type { Scale } from '../scale'
import { writeRecordedBatches } from './plain-sql'
import { readRecordedBatches, startRecording } from './recorded-batches'

const WARM_UP = 3_000

/** A database whose inbox contains these messages, sealed and pending, as after a push. */
export async function createFilledInbox(server: BenchServer, pushes: readonly WirePush[]): Promise<BenchDatabase> {
  const inbox = await server.migrated()
  const worker = await openWorker(inbox.url)
  await worker.accept(pushes)
  await worker.close()
  await vacuumAndCheckpoint(inbox.url)
  return inbox
}

/** Messages per second from a full inbox to an empty one, by the worker's handlers; `role`: under row-level security. */
export async function measureReceiving(
  server: BenchServer,
  inbox: BenchDatabase,
  lanes = LANES,
  role?: string,
): Promise<number> {
  const copy = await server.copyOf(inbox)
  const worker = await openWorker(copy.url, role)
  try {
    let received = 0
    const ms = await measureMs(async () => (received = await receiveAll(worker, lanes)))
    return (received * 1_000) / ms
  } finally {
    await worker.close()
    await copy.drop()
  }
}

/** Runs the handlers once, so that neither side is measured before the JIT has compiled its code. */
export async function warmUp(server: BenchServer): Promise<void> {
  const small = await createFilledInbox(server, generatePushes(WARM_UP, SHOPS, 99))
  await measureReceiving(server, small)
  await small.drop()
}

/** From the inbox to committed events, cases, queue rows, timers and outgoing rows, compared with the same rows by plain SQL. */
export async function processing(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const inbox = await createFilledInbox(server, generatePushes(scale.messages, SHOPS))
  const batches = await recordBatches(server, inbox)
  const pair = await compareInterleaved(
    scale.rounds,
    () => measureReceiving(server, inbox),
    async () => {
      const copy = await server.copyOf(inbox)
      let received = 0
      const ms = await measureMs(async () => (received = await writeRecordedBatches(copy.url, batches, LANES)))
      await copy.drop()
      if (received !== scale.messages) throw new Error(`the replay took ${received} messages of ${scale.messages}`)
      return (received * 1_000) / ms
    },
  )
  await inbox.drop()
  return [
    {
      figure: 'processing',
      value: pair.ours,
      unit: 'messages/s',
      against: 'the same rows by multi-row SQL',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 0.5,
      remarks: [pair.remark, `${scale.messages} messages, ${batches.length} transactions, ${LANES} at once`],
    },
  ]
}

async function recordBatches(
  server: BenchServer,
  inbox: BenchDatabase,
): Promise<Awaited<ReturnType<typeof readRecordedBatches>>> {
  const copy = await server.copyOf(inbox)
  const worker = await openWorker(copy.url)
  try {
    await startRecording(copy.url)
    await receiveAll(worker, 1)
    return (await readRecordedBatches(copy.url)).filter((batch) => batch.deletedRows['pending'] !== undefined)
  } finally {
    await worker.close()
    await copy.drop()
  }
}
