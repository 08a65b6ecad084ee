/** A thread of `backtestInThreads`: tries its part of the cases over a connection of its own, then ends. */
import 'reflect-metadata'
import { parentPort, workerData } from 'node:worker_threads'
import { MARKETPLACES } from '#connectors'
import { openDatabase } from '#event-store'
import { findingsOf } from './backtest'
import type { ThreadNews, ThreadTask } from './backtest-threads'

const tell = (news: ThreadNews): void => parentPort?.postMessage(news)

async function work({ url, order, part }: ThreadTask): Promise<void> {
  const database = await openDatabase({ url, pool: 1, migrations: [] })
  try {
    const manifests = Object.fromEntries(MARKETPLACES.map(({ marketplace, manifest }) => [marketplace, manifest]))
    const onProgress = (cases: number): void => tell({ type: 'progress', cases })
    tell({ type: 'found', findings: await findingsOf(database, order, manifests, { part, onProgress }) })
  } finally {
    await database.destroy()
  }
}

work(workerData as ThreadTask).catch((error: unknown) => {
  // Reported by the thread's own error event.
  throw error instanceof Error ? error : new Error(String(error))
})
