import type { BenchDatabase, BenchServer } from '../server'
import { settle } from '../server'
import { LANES, SHOPS, openDesk, receiveAll } from '../desk'
import type { Figure } from '../figure'
import type { WirePush } from '../pushes'
import { pushesOf } from '../pushes'
import { interleaved, timed } from '../rounds'
import type { Scale } from '../scale'
import { replay } from './plain-sql'
import { recordedBatches, startRecording } from './recording'

const WARM_UP = 3_000

/** A database whose inbox holds these messages, sealed and pending, as if they had just been pushed. */
export async function inboxOf(server: BenchServer, pushes: readonly WirePush[]): Promise<BenchDatabase> {
  const inbox = await server.migrated()
  const desk = await openDesk(inbox.url)
  await desk.take(pushes)
  await desk.close()
  await settle(inbox.url)
  return inbox
}

/** Messages a second, from a full inbox to an empty one, by the handlers of the worker. */
export async function receivingRate(server: BenchServer, inbox: BenchDatabase, lanes = LANES): Promise<number> {
  const copy = await server.copyOf(inbox)
  const desk = await openDesk(copy.url)
  try {
    let taken = 0
    const ms = await timed(async () => (taken = await receiveAll(desk, lanes)))
    return (taken * 1_000) / ms
  } finally {
    await desk.close()
    await copy.drop()
  }
}

/** So that neither side is measured with code that Node has not compiled yet. */
export async function warmUp(server: BenchServer): Promise<void> {
  const small = await inboxOf(server, pushesOf(WARM_UP, SHOPS, 99))
  await receivingRate(server, small)
  await small.drop()
}

/** From the inbox to committed events, cases, queue rows, timers and outgoing rows, against the same rows by hand. */
export async function processing(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const inbox = await inboxOf(server, pushesOf(scale.messages, SHOPS))
  const batches = await recorded(server, inbox)
  const pair = await interleaved(
    scale.rounds,
    () => receivingRate(server, inbox),
    async () => {
      const copy = await server.copyOf(inbox)
      let taken = 0
      const ms = await timed(async () => (taken = await replay(copy.url, batches, LANES)))
      await copy.drop()
      if (taken !== scale.messages) throw new Error(`the replay took ${taken} messages of ${scale.messages}`)
      return (taken * 1_000) / ms
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

async function recorded(
  server: BenchServer,
  inbox: BenchDatabase,
): Promise<Awaited<ReturnType<typeof recordedBatches>>> {
  const copy = await server.copyOf(inbox)
  const desk = await openDesk(copy.url)
  try {
    await startRecording(copy.url)
    await receiveAll(desk, 1)
    return (await recordedBatches(copy.url)).filter((batch) => batch.gone['pending'] !== undefined)
  } finally {
    await desk.close()
    await copy.drop()
  }
}
