import { auditOfChange } from '#access'
import type { ActionFacts } from '#after-sale'
import { CaseWriter, SubmitFacts, SubmitFactsHandler, caseIdOf } from '#case-handling'
import { ChangeRecord, openDatabase, recordingChanges, withTenants } from '#event-store'
import { projections } from '#read-models'
import type { Figure } from '../figure'
import { compareNeighbours } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { ALL_MIGRATIONS } from '../server'
import { reportedCase } from './reported-case'

const ORG = 1
const NOW = Date.UTC(2026, 10, 22, 4)
const BY = { kind: 'person', id: 'lin' } as const
const CASES = Array.from({ length: 200 }, (_, n) => String(n))

/**
 * The transaction of a write alone, with its audit entry and without: one statement more on the same connection. What a person
 * waits for is the request, and its limit is that of `audited-requests`.
 */
export async function auditedWrites(server: BenchServer, { rounds }: Scale): Promise<Figure[]> {
  const { url, drop } = await server.migrated()
  const database = await openDatabase({ url, pool: 2, migrations: ALL_MIGRATIONS })
  const writer = new CaseWriter(projections)
  const ids = CASES.map((caseNumber) => caseIdOf(ORG, 1, caseNumber))
  await database.transaction((manager) =>
    writer.write(
      manager,
      CASES.map((caseNumber) => reportedCase(ORG, 1, caseNumber, NOW)),
      NOW,
    ),
  )
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
  const idOf = (n: number): string => ids[n % ids.length] ?? ''
  const pair = await withTenants([ORG], async () => {
    // Plans are made and code is compiled before anything counts.
    for (const id of ids) await write(id).then(() => audited(id))
    return compareNeighbours(
      2 * rounds * ids.length,
      (n) => audited(idOf(n)),
      (n) => write(idOf(n)),
    )
  })
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
      atLeast: 1 / 1.3,
      remarks: [pair.remark, `facts of ${ids.length} cases, one after the other`],
    },
  ]
}
