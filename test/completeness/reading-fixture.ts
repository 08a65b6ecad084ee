/** ReadCases on PostgreSQL for one store, with a marketplace whose answers the test sets. */
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
import { MicroBatch, acceptMessages, requestReads, openPullCursor } from '#event-store'
import type { CaseDetails, StoreFreshness } from '#read-models'
import {
  CaseDetailsHandler,
  CaseDetailsQuery,
  StoreFreshnessHandler,
  StoreFreshnessQuery,
  readDeploymentStatus,
  projections,
} from '#read-models'
import type { TestMessage, TestShop } from '../support/anywhere-marketplace'
import { NOON, SHOP, ctx, lineUpOf, registerTestShop, inboundMessage } from '../support/anywhere-marketplace'

export interface ReadingFixture {
  now: number
  /** The marketplace's answer to a read of a case. */
  answer: (ref: CaseReference) => Answer<InboundMessage>
  readonly readTimes: number[]
  /** Receives a push and translates it. */
  push(report: TestMessage): Promise<void>
  /** One turn of the reading loop, then of the receiving loop. */
  runTurn(): Promise<void>
  /** Advances the clock to `at`, with a turn whenever a reading is due. */
  advanceTo(at: number): Promise<void>
  caseDetails(caseNumber: string): Promise<CaseDetails | undefined>
  freshness(): Promise<StoreFreshness>
  failingReads(): Promise<number>
}

export const detailAnswer = (report: TestMessage, key?: string): Answer<InboundMessage> => ({
  type: 'ok',
  value: inboundMessage(report, key ?? JSON.stringify(report), 'detail'),
})

export async function openReadingFixture(database: DataSource): Promise<ReadingFixture> {
  const shop: TestShop = await registerTestShop(database)
  const store = await shop.store()
  await openPullCursor(database, store, NOON, NOON)
  const clock = (): number => fixture.now
  const lineUp = lineUpOf({
    read: (ref) => {
      fixture.readTimes.push(fixture.now)
      return Promise.resolve(fixture.answer(ref))
    },
  })
  const batch = new MicroBatch(
    (items: Parameters<typeof acceptMessages>[1][number][]) => acceptMessages(database, items),
    {
      writers: 1,
      rows: 500,
      waiting: 500,
    },
  )
  const intake = new Intake(batch, shop.stores, shop.sealing, clock)
  const sessions = new Sessions(database, shop.stores)
  const reader = new ReadCasesHandler(database, lineUp, sessions, intake, clock, shop.journal)
  const interpreter = new MessageInterpreter(lineUp, shop.stores, shop.sealing)
  const writer = new CaseWriter(projections)
  const receiver = new ReceiveMessagesHandler(database, interpreter, writer, clock, shop.journal)
  const receive = async (): Promise<void> => {
    while ((await receiver.execute(new ReceiveMessages(100))) > 0);
  }
  let pushes = 0
  const fixture: ReadingFixture = {
    now: NOON,
    answer: () => ({ type: 'unknown', why: 'cut' }),
    readTimes: [],
    async push(report) {
      await intake.storeMessages(store.app, [inboundMessage(report, `push-${++pushes}`)])
      await receive()
    },
    async runTurn() {
      await reader.execute(new ReadCases(store, 64, ctx(undefined, clock)))
      await receive()
    },
    async advanceTo(at) {
      for (;;) {
        const [row] = await database.query<{ due: number | null }[]>('SELECT min(not_before) AS due FROM reading')
        if (row?.due == null || Math.max(row.due, fixture.now) > at) break
        fixture.now = Math.max(row.due, fixture.now)
        await fixture.runTurn()
      }
      fixture.now = at
    },
    caseDetails: (caseNumber) =>
      new CaseDetailsHandler(database).execute(
        new CaseDetailsQuery(store.org, caseIdOf(store.org, store.id, caseNumber)),
      ),
    async freshness() {
      const storeReferences = [{ id: store.id, app: store.app.id, authorised: true }]
      const [freshness] = await new StoreFreshnessHandler(database).execute(
        new StoreFreshnessQuery(store.org, storeReferences, fixture.now),
      )
      if (freshness === undefined) throw new Error('no freshness')
      return freshness
    },
    failingReads: async () => (await readDeploymentStatus(database, fixture.now)).readingsFailing,
  }
  return fixture
}

/** Requests a reading of a case, as the console does. */
export const requestRead = (database: DataSource, caseNumber: string, now: number): Promise<void> =>
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
