import { openIdentity, openVault, register } from '#access'
import { openDatabase } from '#event-store'
import type { Figure } from '../figure'
import { measureMs, percentile } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { ALL_MIGRATIONS } from '../server'

const LIMIT_MS = 300
const AT_ONCE = 2
const ORIGIN = { address: '127.0.0.1', userAgent: 'benchmark' }
const CREDENTIALS = { login: 'lin', password: 'the kettle sings at seven' }

/** Log-ins with a password, two at once: what argon2id costs, and everything around it. */
export async function logIns(server: BenchServer, { rounds }: Scale): Promise<Figure[]> {
  const { url, drop } = await server.migrated()
  const database = await openDatabase({ url, pool: 4, migrations: ALL_MIGRATIONS })
  const vault = openVault(Buffer.alloc(32, 7))
  await register(database, vault, { slug: 'ours', name: 'Ours' }, [])
  const identity = openIdentity({ database, vault })
  const [link] = await identity.links.claimLinks()
  await identity.links.open(link?.token ?? '', { ...CREDENTIALS, displayName: 'Lin' }, ORIGIN)
  const durations: number[] = []
  const logInRepeatedly = async (): Promise<void> => {
    for (let n = 0; n < 20 * rounds; n++)
      durations.push(
        await measureMs(async () => {
          const { outcome } = await identity.signIn.withPassword(CREDENTIALS, ORIGIN)
          if (outcome !== 'signed-in') throw new Error(`a log-in ended as ${outcome}`)
        }),
      )
  }
  await Promise.all(Array.from({ length: AT_ONCE }, logInRepeatedly))
  await database.destroy()
  await drop()
  const p95 = percentile(durations, 0.95)
  return [
    {
      figure: 'log-ins',
      value: p95,
      unit: 'ms p95',
      against: 'limit',
      peer: LIMIT_MS,
      ratio: LIMIT_MS / p95,
      atLeast: 1,
      remarks: [`${durations.length} log-ins, ${AT_ONCE} at once, median ${percentile(durations, 0.5).toFixed(0)} ms`],
    },
  ]
}
