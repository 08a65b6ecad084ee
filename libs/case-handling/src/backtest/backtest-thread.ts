/** The program of one thread of `backtestInThreads`: judges its part of the cases over its own connection, then ends. */
import 'reflect-metadata'
import { parentPort, workerData } from 'node:worker_threads'
import { MARKETPLACES } from '#connectors'
import { openDatabase, withTenants } from '#event-store'
import { computeFindings } from './backtest'
import type { ThreadMessage, ThreadTask } from './backtest-threads'

const sendToParent = (message: ThreadMessage): void => parentPort?.postMessage(message)

async function judgePart({ url, order, part }: ThreadTask): Promise<void> {
  const database = await openDatabase({ url, pool: 1, migrations: [] })
  try {
    const manifests = Object.fromEntries(MARKETPLACES.map(({ marketplace, manifest }) => [marketplace, manifest]))
    const onProgress = (cases: number): void => sendToParent({ type: 'progress', cases })
    const findings = await withTenants([order.org], () =>
      computeFindings(database, order, manifests, { part, onProgress }),
    )
    sendToParent({ type: 'found', findings })
  } finally {
    await database.destroy()
  }
}

judgePart(workerData as ThreadTask).catch((error: unknown) => {
  // Thrown outside the promise, it becomes the thread's `error` event, which the main thread waits for.
  throw error instanceof Error ? error : new Error(String(error))
})
