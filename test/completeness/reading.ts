/** Reading single cases of one store (ReadCases on PostgreSQL), with a marketplace that answers what the test wants. */
import type { DataSource } from 'typeorm'
import {
  CaseWriter,
  Intake,
  ReadCases,
  ReadCasesHandler,
  ReceiveMessages,
  ReceiveMessagesHandler,
} from '#case-handling'
import { Sessions, MessageInterpreter, caseIdOf } from '#case-handling'
import type { Answer, CaseReference, InboundMessage } from '#connectors'
import { MicroBatch, accept, requestReads, openCursor } from '#event-store'
import type { CaseDetails, StoreFreshness } from '#read-models'
import {
  CaseDetailsHandler,
  CaseDetailsQuery,
  StoreFreshnessHandler,
  StoreFreshnessQuery,
  deploymentStatus,
  projections,
} from '#read-models'
import type { TestMessage, TestShop } from '../trade/anywhere'
import { NOON, SHOP, ctx, lineUpOf, registerTestShop, inboundMessage } from '../trade/anywhere'

export interface Reading {
  now: number
  /** What the marketplace answers when it is asked for a case. */
  answer: (ref: CaseReference) => Answer<InboundMessage>
  readonly asked: number[]
  /** Receives a push and translates it. */
  push(report: TestMessage): Promise<void>
  /** One turn of reading and of receiving. */
  turn(): Promise<void>
  /** Turns until this time, each when the next reading is due. */
  until(at: number): Promise<void>
  file(caseNumber: string): Promise<CaseDetails | undefined>
  freshness(): Promise<StoreFreshness>
  failing(): Promise<number>
}

export const detail = (report: TestMessage, key?: string): Answer<InboundMessage> => ({
  type: 'ok',
  value: inboundMessage(report, key ?? JSON.stringify(report), 'detail'),
})

export async function openReading(database: DataSource): Promise<Reading> {
  const shop: TestShop = await registerTestShop(database)
  const store = await shop.store()
  await openCursor(database, store, NOON, NOON)
  const clock = (): number => reading.now
  const lineUp = lineUpOf({
    read: (ref) => {
      reading.asked.push(reading.now)
      return Promise.resolve(reading.answer(ref))
    },
  })
  const batch = new MicroBatch((items: Parameters<typeof accept>[1][number][]) => accept(database, items), {
    writers: 1,
    rows: 500,
    waiting: 500,
  })
  const intake = new Intake(batch, shop.stores, shop.sealing, clock)
  const sessions = new Sessions(database, shop.stores)
  const reader = new ReadCasesHandler(database, lineUp, sessions, intake, clock, shop.journal)
  const understanding = new MessageInterpreter(lineUp, shop.stores, shop.sealing)
  const writer = new CaseWriter(projections)
  const receiver = new ReceiveMessagesHandler(database, understanding, writer, clock, shop.journal)
  const receive = async (): Promise<void> => {
    while ((await receiver.execute(new ReceiveMessages(100))) > 0);
  }
  let pushes = 0
  const reading: Reading = {
    now: NOON,
    answer: () => ({ type: 'unknown', why: 'cut' }),
    asked: [],
    async push(report) {
      await intake.take(store.app, [inboundMessage(report, `push-${++pushes}`)])
      await receive()
    },
    async turn() {
      await reader.execute(new ReadCases(store, 64, ctx(undefined, clock)))
      await receive()
    },
    async until(at) {
      for (;;) {
        const [row] = await database.query<{ due: number | null }[]>('SELECT min(not_before) AS due FROM reading')
        if (row?.due == null || Math.max(row.due, reading.now) > at) break
        reading.now = Math.max(row.due, reading.now)
        await reading.turn()
      }
      reading.now = at
    },
    file: (caseNumber) =>
      new CaseDetailsHandler(database).execute(
        new CaseDetailsQuery(store.org, caseIdOf(store.org, store.id, caseNumber)),
      ),
    async freshness() {
      const asked = [{ id: store.id, app: store.app.id, authorised: true }]
      const [found] = await new StoreFreshnessHandler(database).execute(
        new StoreFreshnessQuery(store.org, asked, reading.now),
      )
      if (found === undefined) throw new Error('no freshness')
      return found
    },
    failing: async () => (await deploymentStatus(database, reading.now)).readingsFailing,
  }
  return reading
}

/** Asks for a case as the console does. */
export const ask = (database: DataSource, caseNumber: string, now: number): Promise<void> =>
  database.transaction((manager) =>
    requestReads(
      manager,
      [
        {
          stream: caseIdOf(1, 1, caseNumber),
          org: 1,
          store: 1,
          case_number: caseNumber,
          order_number: null,
          why: SHOP,
        },
      ],
      now,
    ),
  )
