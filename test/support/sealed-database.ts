/** A database that holds sealed values of every kind, of two organisations, written by the code that writes them in production. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import {
  Directory,
  batchSealingOf,
  evidenceSealingOf,
  messageSealingOf,
  openIdentity,
  openVault,
  register,
} from '#access'
import type { BlobStore } from '#case-handling'
import { Intake, caseIdOf, createEvidenceStore, folderBlobStore, sealedPiecesIn } from '#case-handling'
import { MicroBatch, acceptMessages } from '#event-store'
import { insertBatch, upsertPiece } from '#ledgers'
import { projections } from '#read-models'
import { Notes } from '#teamwork'
import { buyerTarget } from '../../apps/worker/src/keys/buyers'
import { evidenceTarget } from '../../apps/worker/src/keys/evidence'
import type { SealedValue, ResealTarget } from '../../apps/worker/src/keys/targets'
import { columnTargets } from '../../apps/worker/src/keys/targets'
import { ActionScenario } from './action-scenario'
import type { TestShop } from './anywhere-marketplace'
import { NOON, inboundMessage } from './anywhere-marketplace'
import { SECOND, aRefundRequest } from './cases'
import { png } from './pictures'

export const BUYER = { name: '王小明', phone: '13800135678' }

export interface SealedDatabase {
  readonly orgs: readonly number[]
  readonly targets: readonly ResealTarget[]
  readonly blobs: BlobStore
  /** Adds messages, a case with its buyer, an action and a piece of evidence to each organisation, sealed with these keys. */
  addRound(keys: Buffer | readonly Buffer[], round: string): Promise<void>
  /** Every sealed value of the database. */
  sealedValues(): Promise<SealedValue[]>
  close(): Promise<void>
}

export async function openSealedDatabase(
  database: DataSource,
  keys: Buffer | readonly Buffer[],
): Promise<SealedDatabase> {
  const orgs: number[] = []
  for (const slug of ['one', 'two'])
    orgs.push(await register(database, openVault(keys), { slug, name: slug }, [appOf(slug)]))
  const folder = await mkdtemp(join(tmpdir(), 'sealed-database-'))
  const blobs = folderBlobStore(folder)
  const targets = [...columnTargets, buyerTarget, evidenceTarget(sealedPiecesIn(blobs))]
  return {
    orgs,
    targets,
    blobs,
    async addRound(currentKeys, round) {
      for (const org of orgs)
        await addSealedValues(database, await shopOf(database, currentKeys, org), blobs, `${round}-${org}`)
    },
    async sealedValues() {
      const values: SealedValue[] = []
      for (const target of targets) {
        const { values: page, after } = await target.next(database.manager, null, 10_000, false)
        if (after !== null) throw new Error('more values than one page')
        values.push(...page)
      }
      return values
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

const appOf = (slug: string): Parameters<typeof register>[3][number] => ({
  marketplace: 'anywhere',
  appKey: `app-${slug}`,
  appSecret: `secret-${slug}`,
  endpoints: {},
  stores: ['1', '2'].map((shop) => ({
    shop,
    name: shop,
    accessToken: `access-${slug}`,
    refreshToken: `refresh-${slug}`,
  })),
})

/** The first store of one organisation, as a process that starts now would see it. */
async function shopOf(database: DataSource, keys: Buffer | readonly Buffer[], org: number): Promise<TestShop> {
  const vault = openVault(keys)
  const stores = new Directory(database, vault)
  const found = (await stores.current()).stores.find((store) => store.org === org)
  if (found === undefined) throw new Error('no store')
  const journal = { lines: [], info: () => undefined, warn: () => undefined }
  return { org, stores, vault, sealing: messageSealingOf(vault), journal, store: () => Promise.resolve(found) }
}

/** One sealed value of every kind, written by the code that writes it in production. */
async function addSealedValues(database: DataSource, shop: TestShop, blobs: BlobStore, round: string): Promise<void> {
  const { id: store, org, app } = await shop.store()
  const batch = new MicroBatch(
    (items: Parameters<typeof acceptMessages>[1][number][]) => acceptMessages(database, items),
    {
      writers: 1,
      rows: 100,
      waiting: 100,
    },
  )
  const intake = new Intake(batch, shop.stores, shop.sealing, () => NOON)
  // The same text twice: only the row differs, so a copied ciphertext would be noticed.
  await intake.storeMessages(
    app,
    [0, 1].map((n) => ({ ...inboundMessage({ case: '1' }), key: `${round}-${n}` })),
    { id: store, org },
  )
  await addSecondFactor(database, shop)
  await addBatch(database, shop)
  const scenario = new ActionScenario(database, shop, projections)
  const caseNumber = `case-${round}`
  const buyer = shop.sealing.sealBuyer(org, caseIdOf(org, store, caseNumber), BUYER)
  const formerBuyer = shop.sealing.sealBuyer(org, caseIdOf(org, store, caseNumber), { name: '李雷' })
  await scenario.report(caseNumber, aRefundRequest({ buyer: formerBuyer }))
  const caseId = await scenario.report(caseNumber, aRefundRequest({ buyer }), SECOND)
  await scenario.request({
    caseId,
    intent: `intent-${round}`,
    action: { name: 'add-remark', text: `a remark of ${round}` },
    judged: NOON + SECOND,
  })
  const evidence = createEvidenceStore(blobs, evidenceSealingOf(shop.vault))
  const stored = await evidence.put(org, png(round), NOON)
  if (stored.type !== 'kept') throw new Error(stored.problem)
  const { hash, type, kind, bytes, width = null, height = null } = stored.piece
  await upsertPiece(database, {
    ...{ stream: caseId, hash, org, store, type, kind, bytes, width, height, shows: null, capturedAt: null },
    ...{ keepUntil: NOON, addedBy: 'lin', addedAt: NOON },
  })
  await addNotes(database, shop, caseId, store)
}

/** What a colleague wrote about the case. */
const addNotes = async (
  database: DataSource,
  { org, vault }: TestShop,
  caseId: string,
  store: number,
): Promise<void> => {
  const notes = new Notes(database, vault, () => NOON)
  for (const text of ['the same text', 'the same text'])
    await notes.write(database.manager, { org, id: randomUUID() }, { caseId, store, at: NOON, text })
}

/** The secrets of the owner's authenticator app and of the organisation's log-in provider. */
async function addSecondFactor(database: DataSource, { org, vault }: TestShop): Promise<void> {
  const { links, ownAccount, oidc } = openIdentity({ database, vault })
  const { token } = await links.demoLink(org)
  const opened = await links.open(token, {}, { address: '127.0.0.1', userAgent: 'a browser' })
  if (opened.outcome !== 'signed-in') throw new Error(opened.outcome)
  await ownAccount.beginTotp(opened.session.actor)
  await oidc.saveSettings(opened.session.actor, {
    ...{ issuer: 'https://issuer.example', clientId: 'the-console', clientSecret: `secret-${org}`, required: false },
    ...{ emailDomains: [], roleClaim: null, roleValues: [] },
  })
}

/** A frozen set with its action. */
async function addBatch(database: DataSource, { org, vault }: TestShop): Promise<void> {
  const id = randomUUID()
  const sealed = batchSealingOf(vault).sealBatch({ org, id }, '{"action":{"name":"add-remark","text":"x"},"facts":{}}')
  const batch = { id, org, action: 'add-remark', sealed, at: NOON, by: 'lin', actor: 'person:lin', stores: null }
  await database.transaction((manager) => insertBatch(manager, { ...batch, asked: 0, retryOf: null }, []))
}
