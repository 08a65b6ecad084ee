/** `npm run erase`: what would be erased of a buyer; with `--yes` it is. See the README of `libs/access`, "To erase a buyer". */
import { join, resolve } from 'node:path'
import { IsOptional, IsString } from 'class-validator'
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import {
  Directory,
  IsMasterKeyList,
  UnusableSettings,
  appendAudit,
  buyerOpeningOf,
  evidenceSealingOf,
  loadKeys,
  loadMasterKeys,
  messageSealingOf,
  openVault,
  readSettings,
  verifyKeys,
} from '#access'
import type { ErasurePreview, EvidenceStore } from '#case-handling'
import {
  CarryOutErasures,
  CarryOutErasuresHandler,
  CaseWriter,
  EvidenceSettings,
  MessageInterpreter,
  casesOfSameBuyer,
  createEvidenceStore,
  openEvidenceBlobs,
  previewErasure,
  requestErasure,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { IsDatabaseUrl, IsRolePrefix, openDatabase } from '#event-store'
import { casesWithPhone, projections } from '#read-models'
import { CommandError, startupErrorMessage } from '#runtime'
import { eraseNotes } from '#teamwork'
import { ALL_MIGRATIONS, bringUpToDate } from '../bring-up-to-date'
import { recordDatabaseUrl } from '../record-database'
import type { EraseArguments } from './arguments'
import { parseEraseArguments } from './arguments'

class EraseSettings extends EvidenceSettings {
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  @IsString()
  DATA_FOLDER = '.data'

  @IsOptional()
  @IsRolePrefix()
  DATABASE_ROLES?: string

  @IsOptional()
  @IsString()
  KEY_FILE?: string

  @IsOptional()
  @IsString()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string
}

/** As the audit and the case name who asked. */
const REQUESTER = 'npm run erase'
const printLine = (line: string): void => void process.stderr.write(`${line}\n`)

interface Place {
  readonly database: DataSource
  readonly vault: Vault
  /** Of the database of `npm start`, which has no worker now. Absent: the workers carry it out, and know where the files are. */
  readonly evidence: EvidenceStore | undefined
}

async function erase(place: Place, { caseId, why, withOpen, yes }: EraseArguments): Promise<void> {
  const { database, vault, evidence } = place
  await verifyKeys(database, vault)
  await loadKeys(database, vault)
  const [row] = await database.query<{ org: number }[]>('SELECT org FROM stream WHERE id = $1', [caseId])
  const org = row?.org ?? 0
  const finder = { opening: buyerOpeningOf(vault), casesWithPhone }
  const ids = await casesOfSameBuyer(database.manager, finder, org, caseId)
  if (ids === undefined) throw new CommandError(`There is no case ${caseId}.`)
  printPreview(await previewErasure(database.manager, org, ids))
  if (!yes) return console.log('Nothing was erased: give --yes.')
  const answer = await database.transaction(async (manager) => {
    const asked = await requestErasure(manager, { org, cases: ids, why, by: REQUESTER, withOpen, now: Date.now() })
    if (asked.type === 'requested')
      await appendAudit(
        manager,
        {
          ...{ org, actor: 'process:erase', action: 'buyer.erasure-requested', subject: `case:${caseId}` },
          details: { why, cases: asked.cases, withOpen, erasure: asked.erasure },
        },
        Date.now(),
      )
    return asked
  })
  if (answer.type === 'nothing') return console.log('Nothing is left to request.')
  if (answer.type === 'refused')
    throw new CommandError(
      answer.because === 'open'
        ? `${answer.cases.length} cases are still open: give --with-open, and their evidence is lost.`
        : `Actions are under way in ${answer.cases.join(', ')}: settle or withdraw them first.`,
    )
  if (evidence === undefined) return console.log('Requested; a worker begins within seconds.')
  await eraserOf(database, vault, evidence).execute(new CarryOutErasures())
  const [done] = await database.query<{ finished: boolean }[]>(
    'SELECT finished_at IS NOT NULL AS finished FROM erasure WHERE id = $1',
    [answer.erasure],
  )
  console.log(done?.finished === true ? 'Erased.' : 'Begun; the workers go on with what waits for messages or cases.')
}

function eraserOf(database: DataSource, vault: Vault, evidence: EvidenceStore): CarryOutErasuresHandler {
  const sealing = messageSealingOf(vault)
  return new CarryOutErasuresHandler({
    ...{ database, evidence, eraseNotes, writer: new CaseWriter(projections) },
    sealing: { ...sealing, ...buyerOpeningOf(vault) },
    interpreter: new MessageInterpreter(MARKETPLACES, new Directory(database, vault), sealing),
    clock: Date.now,
  })
}

function printPreview({ cases, messages, pieces }: ErasurePreview): void {
  console.log(`${cases.length} cases, ${messages} messages that changed them, ${pieces} pieces of evidence.`)
  for (const { id, caseNumber, isOpen, obstacle } of cases)
    if (isOpen) console.log(`  open: ${caseNumber} (${id})${obstacle === undefined ? '' : ', an action is under way'}`)
}

async function openEvidence(settings: EraseSettings, vault: Vault): Promise<EvidenceStore> {
  const blobs = await openEvidenceBlobs(settings, join(resolve(settings.DATA_FOLDER), 'evidence'))
  return createEvidenceStore(blobs, evidenceSealingOf(vault))
}

async function main(): Promise<void> {
  const words = parseEraseArguments(process.argv.slice(2))
  const settings = readSettings(EraseSettings, process.env)
  const closing: (() => Promise<unknown>)[] = []
  try {
    const keys = await loadMasterKeys(settings, printLine)
    if (keys.length === 0) throw new UnusableSettings(['SHOUHOU_KEY: must be given, or SHOUHOU_KEYS'])
    const url = await recordDatabaseUrl(settings, closing, printLine)
    const database = await openDatabase({ url, pool: 4, migrations: ALL_MIGRATIONS })
    closing.push(() => database.destroy())
    await bringUpToDate(database, { prefix: settings.DATABASE_ROLES, report: printLine })
    const vault = openVault(keys)
    const evidence = settings.DATABASE_URL === undefined ? await openEvidence(settings, vault) : undefined
    await erase({ database, vault, evidence }, words)
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exitCode = 1
})
