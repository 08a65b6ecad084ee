import { arm, changeStoreTerms, draftStrategy } from '#ledgers'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { Figure } from '../figure'
import { createFilledInbox, measureReceiving, warmUp } from '../processing/processing'
import { generatePushes } from '../pushes'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'

const author = { org: 1, by: 'benchmark', at: 0 }
/** All reasons match, so every requested return is decided: the most expensive setting. */
const STRATEGIES = [
  { policy: 'returnReasonIsChosen', settings: { reasons: [], codes: [], matchesAllConfirmed: true } },
  { policy: 'warehouseAcceptedGoods', settings: { receivedIsEnough: true } },
]

/** Arms the strategies at every store. */
async function armAll(inbox: BenchDatabase): Promise<void> {
  const worker = await openWorker(inbox.url)
  try {
    await worker.database.transaction(async (manager) => {
      const drafted = []
      for (const { policy, settings } of STRATEGIES)
        drafted.push(await draftStrategy(manager, { ...author, org: worker.org }, { policy, name: policy, settings }))
      for (const store of worker.storeOf.values()) {
        await changeStoreTerms(manager, { ...author, org: worker.org }, store, { returnAddressId: '900' }, 0)
        for (const { strategy, version } of drafted)
          await arm(
            manager,
            { ...author, org: worker.org },
            { store, strategy, version, mode: 'live', cap: 10 ** 12, trial: null },
          )
      }
    })
  } finally {
    await worker.close()
  }
}

/** Processing with live strategies at every store, compared with none in force. */
export async function strategies(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const pushes = generatePushes(scale.messages, SHOPS)
  const [plainInbox, armedInbox] = [await createFilledInbox(server, pushes), await createFilledInbox(server, pushes)]
  await armAll(armedInbox)
  const pair = await compareInterleaved(
    scale.rounds,
    () => measureReceiving(server, armedInbox),
    () => measureReceiving(server, plainInbox),
  )
  const decided = await countDecidedActions(server, armedInbox)
  await Promise.all([plainInbox.drop(), armedInbox.drop()])
  return [
    {
      figure: 'strategies',
      value: pair.ours,
      unit: 'messages/s',
      against: 'the same without a strategy in force',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 0.8,
      remarks: [
        pair.remark,
        `${scale.messages} messages, ${decided} actions decided by ${STRATEGIES.length} strategies at ${SHOPS.length} stores`,
      ],
    },
  ]
}

/** The number of actions that one run decides. @throws Error if none: then nothing was measured */
async function countDecidedActions(server: BenchServer, inbox: BenchDatabase): Promise<number> {
  const copy = await server.copyOf(inbox)
  const worker = await openWorker(copy.url)
  try {
    await receiveAll(worker)
    const [row] = await worker.database.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM event WHERE type = 'ActionIntended'`,
    )
    if (row === undefined || row.n === 0) throw new Error('no strategy decided anything')
    return row.n
  } finally {
    await worker.close()
    await copy.drop()
  }
}
