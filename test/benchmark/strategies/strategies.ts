import { arm, changeStoreTerms, draftStrategy } from '#ledgers'
import { SHOPS, openDesk, receiveAll } from '../desk'
import type { Figure } from '../figure'
import { inboxOf, receivingRate, warmUp } from '../processing/processing'
import { pushesOf } from '../pushes'
import { interleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'

const author = { org: 1, by: 'benchmark', at: 0 }
/** All reasons match, so every return that is applied for is decided: as much as strategies can cost. */
const STRATEGIES = [
  { policy: 'returnReasonIsChosen', settings: { reasons: [], codes: [], matchesAllConfirmed: true } },
  { policy: 'warehouseAcceptedGoods', settings: { receivedIsEnough: true } },
]

/** Puts the strategies in force at every store of an inbox. */
async function armAll(inbox: BenchDatabase): Promise<void> {
  const desk = await openDesk(inbox.url)
  try {
    await desk.database.transaction(async (manager) => {
      const drafted = []
      for (const { policy, settings } of STRATEGIES)
        drafted.push(await draftStrategy(manager, { ...author, org: desk.org }, { policy, name: policy, settings }))
      for (const store of desk.storeOf.values()) {
        await changeStoreTerms(manager, { ...author, org: desk.org }, store, { returnAddressId: '900' }, 0)
        for (const { strategy, version } of drafted)
          await arm(
            manager,
            { ...author, org: desk.org },
            { store, strategy, version, mode: 'live', cap: 10 ** 12, trial: null },
          )
      }
    })
  } finally {
    await desk.close()
  }
}

/** Processing with the line-up live at every store, against the same without a strategy in force. */
export async function strategies(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const pushes = pushesOf(scale.messages, SHOPS)
  const [without, live] = [await inboxOf(server, pushes), await inboxOf(server, pushes)]
  await armAll(live)
  const pair = await interleaved(
    scale.rounds,
    () => receivingRate(server, live),
    () => receivingRate(server, without),
  )
  const decided = await decidedIn(server, live)
  await Promise.all([without.drop(), live.drop()])
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

/** How many actions one run decides; none would mean that nothing was measured. */
async function decidedIn(server: BenchServer, inbox: BenchDatabase): Promise<number> {
  const copy = await server.copyOf(inbox)
  const desk = await openDesk(copy.url)
  try {
    await receiveAll(desk)
    const [row] = await desk.database.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM event WHERE type = 'ActionIntended'`,
    )
    if (row === undefined || row.n === 0) throw new Error('no strategy decided anything')
    return row.n
  } finally {
    await desk.close()
    await copy.drop()
  }
}
