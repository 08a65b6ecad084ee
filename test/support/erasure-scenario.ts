/** A shop with buyers to erase, a worker over its own role that erases them, and the scan that looks for what is left. Use it once in a spec. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buyerOpeningOf, evidenceSealingOf, loadKeys, messageSealingOf } from '#access'
import type { AfterSaleCase } from '#after-sale'
import type { EvidenceStore } from '#case-handling'
import {
  CarryOutErasures,
  CarryOutErasuresHandler,
  Intake,
  MessageInterpreter,
  ReceiveMessages,
  ReceiveMessagesHandler,
  caseIdOf,
  createEvidenceStore,
  folderBlobStore,
} from '#case-handling'
import type { NewMessage } from '#event-store'
import { MicroBatch, acceptMessages, withTenants } from '#event-store'
import { insertErasure, upsertPiece } from '#ledgers'
import { projections } from '#read-models'
import { Notes, eraseNotes } from '#teamwork'
import { untilStreamsReadable } from '../../libs/analytics/test/follow'
import { emptyTables, rowsOf, useRole, useTestDatabase } from '../postgres/test-database'
import { ActionScenario } from './action-scenario'
import type { TestMessage, TestShop } from './anywhere-marketplace'
import { NOON, inboundMessage, lineUpOf, registerTestShop } from './anywhere-marketplace'
import { png } from './pictures'
import { findTraces } from './traces'

export const [NAME, PHONE] = ['欧阳寻踪', '13912345678']
export const BUYER = { name: NAME, phone: PHONE }
export const SECOND = 1_000
export const OVER = { status: 'succeeded' } as const

/** A database with one shop, for the whole of a spec; empty before each test. */
export function useErasures() {
  const db = useTestDatabase()
  const worker = useRole(db, 'worker')

  let shop: TestShop
  let scenario: ActionScenario
  let folder: string
  let evidence: EvidenceStore
  let now: number

  beforeEach(async () => {
    await emptyTables(db)
    shop = await registerTestShop(db.database)
    scenario = new ActionScenario(db.database, shop, projections)
    folder = await mkdtemp(join(tmpdir(), 'erasure-'))
    evidence = createEvidenceStore(folderBlobStore(folder), evidenceSealingOf(shop.vault))
    now = NOON + 60 * SECOND
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const interpreter = (): MessageInterpreter => new MessageInterpreter(lineUpOf(), shop.stores, shop.sealing)

  /** Messages as they are pushed, and what a worker makes of them. */
  async function pushed(...messages: readonly TestMessage[]): Promise<void> {
    const { app } = await shop.store()
    const batch = new MicroBatch((items: NewMessage[]) => acceptMessages(db.database, items), {
      writers: 1,
      rows: 100,
      waiting: 100,
    })
    await new Intake(batch, shop.stores, shop.sealing, () => now).storeMessages(
      app,
      messages.map((message) => inboundMessage(message)),
    )
  }
  const received = (): Promise<number> =>
    withTenants([shop.org], () =>
      new ReceiveMessagesHandler(worker.database, interpreter(), scenario.writer, () => now, shop.journal).execute(
        new ReceiveMessages(100),
      ),
    )

  const idOf = async (caseNumber: string): Promise<string> => caseIdOf(shop.org, (await shop.store()).id, caseNumber)

  async function addEvidence(stream: string, picture: string): Promise<string> {
    const stored = await evidence.put(shop.org, png(picture), NOON * 2)
    if (stored.type !== 'kept') throw new Error(stored.problem)
    const { hash, type, kind, bytes } = stored.piece
    await upsertPiece(db.database, {
      ...{ stream, hash, org: shop.org, store: (await shop.store()).id, type, kind, bytes, width: 1, height: 1 },
      ...{ shows: null, capturedAt: null, keepUntil: NOON * 2, addedBy: 'lin', addedAt: NOON },
    })
    return hash
  }

  async function addNote(caseId: string, text: string): Promise<void> {
    const author = { org: shop.org, id: randomUUID() }
    const store = (await shop.store()).id
    await new Notes(db.database, shop.vault, () => now).write(db.database.manager, author, {
      caseId,
      store,
      at: now,
      text,
    })
  }

  async function requested(cases: readonly string[], withOpen = false): Promise<number> {
    const store = (await shop.store()).id
    return insertErasure(db.database, {
      ...{ org: shop.org, why: 'buyer-asked', requestedBy: 'lin', requestedAt: now, withOpen },
      cases: cases.map((id) => ({ id, store })),
    })
  }
  const handler = (): CarryOutErasuresHandler =>
    new CarryOutErasuresHandler({
      database: worker.database,
      writer: scenario.writer,
      interpreter: interpreter(),
      sealing: { ...messageSealingOf(shop.vault), ...buyerOpeningOf(shop.vault) },
      evidence,
      eraseNotes,
      clock: () => now,
    })
  const carriedOut = (): Promise<number> => withTenants([shop.org], () => handler().execute(new CarryOutErasures()))
  const erased = async (...cases: readonly string[]): Promise<number> => {
    await requested(cases)
    return carriedOut()
  }

  const stateOf = async (id: string): Promise<AfterSaleCase | undefined> =>
    (await rowsOf<{ state: AfterSaleCase }>(db, 'SELECT state FROM stream WHERE id = $1', [id]))[0]?.state

  /** Where the buyer can still be read: in any column of any table, sealed values opened. */
  const traces = async (): Promise<string[]> => {
    await loadKeys(db.database, shop.vault)
    return findTraces(db.database, shop.vault, { org: shop.org, ...BUYER })
  }

  /** A finished case that names its buyer in every place that may. */
  async function finishedCase(caseNumber: string): Promise<string> {
    const about = { case: caseNumber, buyer: BUYER, fen: 8900, order: `order-${caseNumber}` }
    await pushed(
      { ...about, status: 'awaiting-merchant-decision', reason: `我是${NAME}，电话${PHONE}` },
      { ...about, revision: NOON + SECOND, ...OVER },
      // It changes nothing, so no event names it.
      { case: caseNumber, buyer: BUYER, revision: NOON - SECOND },
      { ...about, as: 'unintelligible-named' },
    )
    await received()
    const id = await idOf(caseNumber)
    await addEvidence(id, `of ${caseNumber}`)
    await addNote(id, `给${NAME}回电 ${PHONE}`)
    return id
  }

  return {
    db,
    worker,
    get shop(): TestShop {
      return shop
    },
    get scenario(): ActionScenario {
      return scenario
    },
    get evidence(): EvidenceStore {
      return evidence
    },
    get now(): number {
      return now
    },
    untilReadable: () => untilStreamsReadable(db.database),
    /** Some time passes. */
    wait(ms: number): void {
      now += ms
    },
    pushed,
    received,
    idOf,
    addEvidence,
    requested,
    handler,
    carriedOut,
    erased,
    stateOf,
    traces,
    finishedCase,
  }
}
