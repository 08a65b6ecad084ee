/** A thread of `backtestInThreads`: tries its part of the cases over a connection of its own, then ends. */
import 'reflect-metadata'
import { parentPort, workerData } from 'node:worker_threads'
import { MARKETPLACES } from '#connectors'
import { openDatabase, withTenants } from '#event-store'
import { findingsOf } from './backtest'
import type { ThreadMessage, ThreadTask } from './backtest-threads'

const send = (message: ThreadMessage): void => parentPort?.postMessage(message)

async function work({ url, order, part }: ThreadTask): Promise<void> {
  const database = await openDatabase({ url, pool: 1, migrations: [] })
  try {
    const manifests = Object.fromEntries(MARKETPLACES.map(({ marketplace, manifest }) => [marketplace, manifest]))
    const onProgress = (cases: number): void => send({ type: 'progress', cases })
    const findings = await withTenants([order.org], () => findingsOf(database, order, manifests, { part, onProgress }))
    send({ type: 'found', findings })
  } finally {
    await database.destroy()
  }
}

work(workerData as ThreadTask).catch((error: unknown) => {
  // Reported by the thread's own error event.
  throw error instanceof Error ? error : new Error(String(error))
})
