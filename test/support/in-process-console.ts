import { Directory, openIdentity, openVault } from '#access'
import { WakeUps } from '#event-store'
import { runtimeOn } from '#runtime'
import { buildConsole } from '../../apps/console/src/serve'
import { SignedIn } from '../../apps/console/test/signed-in'
import type { Deployment } from './in-process-deployment'
import { TEST_KEY } from './in-process-deployment'

/** The console's API on a deployment, called in process with a browser's headers. */
export interface OperatorsConsole {
  ask<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>
  /** Polls until `accept` holds; after `ms` returns the last body, accepted or not. */
  until<T>(url: string, accept: (body: T) => boolean, ms?: number): Promise<T>
  close(): Promise<void>
}

/** What a console needs of a deployment: its database, its evidence, and the clock. */
type ConsoleDeployment = Pick<Deployment, 'database' | 'evidence'> & {
  readonly simulator: { readonly clock: { now(): number } }
}

export async function openConsole(deployment: ConsoleDeployment, databaseUrl: string): Promise<OperatorsConsole> {
  const { database, simulator } = deployment
  const vault = openVault(TEST_KEY)
  const directory = new Directory(database, vault)
  const [organisation] = (await directory.current()).organisations
  if (organisation === undefined) throw new Error('no organisation is registered')
  const wakeUps = new WakeUps(databaseUrl)
  await wakeUps.start()
  const identity = openIdentity({ database, vault })
  const signedIn = new SignedIn(identity, organisation.id)
  const app = await buildConsole(
    runtimeOn({ app: 'console', database, vault, directory, wakeUps, clock: () => simulator.clock.now() }),
    { identity, evidence: deployment.evidence },
  )
  const operatorsConsole: OperatorsConsole = {
    async ask<T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object, headers: Record<string, string> = {}) {
      const answer = await app.inject({
        method,
        url,
        headers: { host: '127.0.0.1', ...(await signedIn.headers()), ...headers },
        ...(body && { payload: body }),
      })
      return { status: answer.statusCode, body: answer.json<T>() }
    },
    async until<T>(url: string, accept: (body: T) => boolean, ms = 20_000) {
      const end = performance.now() + ms
      for (;;) {
        const { body } = await operatorsConsole.ask<T>('GET', url)
        if (accept(body) || performance.now() > end) return body
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async close() {
      await app.close()
      await wakeUps.stop()
    },
  }
  return operatorsConsole
}
