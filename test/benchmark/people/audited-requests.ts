import 'reflect-metadata'
import { Directory, evidenceSealingOf, openIdentity, openVault, register } from '#access'
import { CaseWriter, caseIdOf, createEvidenceStore, folderBlobStore } from '#case-handling'
import { WakeUps, openDatabase } from '#event-store'
import { projections } from '#read-models'
import { runtimeOn } from '#runtime'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignedIn } from '../../../apps/console/test/signed-in'
import { FactsController } from '../../../apps/console/src/facts/facts.controller'
import { AUDITED } from '../../../apps/console/src/security/audited'
import { buildConsole } from '../../../apps/console/src/serve'
import type { Figure } from '../figure'
import { compareNeighbours } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { ALL_MIGRATIONS } from '../server'
import { reportedCase } from './reported-case'

const CASES = Array.from({ length: 200 }, (_, n) => String(n))
const NOW = Date.UTC(2026, 10, 22, 4)

/** What a person writes over HTTP, with its audit entry in the same transaction, against the same request without. */
export async function auditedRequests(server: BenchServer, { rounds }: Scale): Promise<Figure[]> {
  const { url, drop } = await server.migrated()
  const database = await openDatabase({ url, pool: 4, migrations: ALL_MIGRATIONS })
  const vault = openVault(Buffer.alloc(32, 7))
  const stores = [{ shop: '1', name: 'one', accessToken: 'access', refreshToken: 'refresh' }]
  const app = { marketplace: 'douyin', appKey: 'app', appSecret: 'secret', endpoints: {}, stores }
  const org = await register(database, vault, { slug: 'ours', name: 'Ours' }, [app])
  const directory = new Directory(database, vault, { perTenant: true })
  const store = (await directory.current()).stores[0]
  const ids = CASES.map((caseNumber) => caseIdOf(org, store?.id ?? 0, caseNumber))
  const writer = new CaseWriter(projections)
  await database.transaction((manager) =>
    writer.write(
      manager,
      CASES.map((caseNumber) => reportedCase(org, store?.id ?? 0, caseNumber, NOW)),
      NOW,
    ),
  )
  const wakeUps = new WakeUps(url)
  await wakeUps.start()
  const folder = await mkdtemp(join(tmpdir(), 'shouhou-bench-evidence-'))
  const evidence = createEvidenceStore(folderBlobStore(folder), evidenceSealingOf(vault))
  const identity = openIdentity({ database, vault })
  const runtime = runtimeOn({ app: 'console', database, vault, directory, wakeUps, clock: () => Date.now() })
  const served = await buildConsole(runtime, { identity, evidence, insecureHosts: ['127.0.0.1'] })
  await served.listen(0, '127.0.0.1')
  const address = await served.getUrl()
  const headers = {
    ...(await new SignedIn(identity, org).headers()),
    origin: address,
    'content-type': 'application/json',
  }
  const handler = Object.getOwnPropertyDescriptor(FactsController.prototype, 'record')?.value as object
  const audited: unknown = Reflect.getMetadata(AUDITED, handler)
  let written = 0
  const post = async (n: number, declared: unknown): Promise<void> => {
    Reflect.defineMetadata(AUDITED, declared, handler)
    const body = JSON.stringify({ agreedPayment: ++written })
    const answer = await fetch(`${address}/api/cases/${ids[n % ids.length]}/facts`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`a fact was answered ${answer.status}: ${text}`)
  }
  try {
    const countEntries = async (): Promise<number> => {
      const [row] = await database.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM audit_entry WHERE action = 'case.facts-recorded'`,
      )
      return row?.n ?? 0
    }
    for (const n of ids.keys()) await post(n, 'nothing').then(() => post(n, audited))
    const before = await countEntries()
    const times = 2 * rounds * ids.length
    const pair = await compareNeighbours(
      times,
      (n) => post(n, audited),
      (n) => post(n, 'nothing'),
    )
    if ((await countEntries()) !== before + times) throw new Error('not every audited request left one entry')
    return [
      {
        figure: 'audited-requests',
        value: pair.ours,
        unit: 'ms',
        against: 'the same request without its entry',
        peer: pair.theirs,
        ratio: 1 / pair.ratio,
        atLeast: 1 / 1.1,
        remarks: [pair.remark, `facts of ${ids.length} cases over HTTP, one after the other`],
      },
    ]
  } finally {
    Reflect.defineMetadata(AUDITED, audited, handler)
    await served.close()
    await wakeUps.stop()
    await database.destroy()
    await rm(folder, { recursive: true, force: true })
    await drop()
  }
}
