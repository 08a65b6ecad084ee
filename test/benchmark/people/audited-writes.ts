import { auditOfChange } from '#access'
import type { ActionFacts } from '#after-sale'
import { CaseWriter, SubmitFacts, SubmitFactsHandler, caseIdOf } from '#case-handling'
import { ChangeRecord, openDatabase, recordingChanges, withTenants } from '#event-store'
import { projections } from '#read-models'
import type { Figure } from '../figure'
import { compareInterleaved, measureMs } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { ALL_MIGRATIONS } from '../server'

const ORG = 1
const NOW = Date.UTC(2026, 10, 22, 4)
const BY = { kind: 'person', id: 'lin' } as const
const CASES = Array.from({ length: 200 }, (_, n) => String(n))

/** What a person writes in the console, with its audit entry in the same transaction, against the same write without. */
export async function auditedWrites(server: BenchServer, { rounds }: Scale): Promise<Figure[]> {
  const { url, drop } = await server.migrated()
  const database = await openDatabase({ url, pool: 2, migrations: ALL_MIGRATIONS })
  const writer = new CaseWriter(projections)
  const ids = CASES.map((caseNumber) => caseIdOf(ORG, 1, caseNumber))
  await database.transaction((manager) => writer.write(manager, CASES.map(reported), NOW))
  const handler = new SubmitFactsHandler(database, writer, () => NOW)
  let written = 0
  const write = (caseId: string): Promise<unknown> => {
    const facts: ActionFacts = { agreedPayment: ++written }
    return handler.execute(new SubmitFacts(ORG, BY, caseId, facts))
  }
  const entryOf = (caseId: string) => ({
    ...{ org: ORG, actor: 'person:0c0c0c0c-0000-4000-8000-000000000001', action: 'case.facts-recorded' },
    ...{ subject: `case:${caseId}`, details: { fields: ['agreedPayment'], outcome: 'done' } },
  })
  const audited = async (caseId: string): Promise<void> => {
    const record = new ChangeRecord(() => auditOfChange(entryOf(caseId), Date.now()))
    await recordingChanges(record, () => write(caseId))
    if (!record.isWritten) throw new Error('a write left no entry')
  }
  const each = (one: (caseId: string) => Promise<unknown>): Promise<number> =>
    withTenants([ORG], async () => {
      const ms = await measureMs(async () => {
        for (const id of ids) await one(id)
      })
      return ms / ids.length
    })
  await each(write)
  await each(audited)
  // Small differences: more rounds than for the other figures.
  const pair = await compareInterleaved(
    2 * rounds,
    () => each(audited),
    () => each(write),
  )
  await database.destroy()
  await drop()
  return [
    {
      figure: 'audited-writes',
      value: pair.ours,
      unit: 'ms',
      against: 'the same write without its entry',
      peer: pair.theirs,
      ratio: 1 / pair.ratio,
      atLeast: 1 / 1.1,
      remarks: [pair.remark, `${ids.length} facts of as many cases in each measurement, one after the other`],
    },
  ]
}

const reported = (caseNumber: string) => ({
  ...{ id: caseIdOf(ORG, 1, caseNumber), org: ORG, store: 1, messageId: null },
  command: {
    type: 'RecordObservation',
    identity: { organisation: String(ORG), store: '1', marketplace: 'douyin', caseNumber },
    stamp: { revision: NOW, observedAt: NOW },
    facets: {
      status: { status: 'awaiting-merchant-decision', raw: 'W' },
      kind: { kind: 'refund-only' },
      amounts: { total: 5_000, legs: { GOODS: 5_000 } },
      deadline: { due: NOW + 86_400_000, forRaw: 'W' },
    },
  } as const,
})
