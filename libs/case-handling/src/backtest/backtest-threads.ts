import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BacktestOrder, Progress } from './backtest'
import type { BacktestReport, Findings } from './report'
import { reportOf } from './report'

/** The task of a thread; plain values only. */
export interface ThreadTask {
  readonly url: string
  readonly order: BacktestOrder
  readonly part: { readonly index: number; readonly of: number }
}

/** A message from a thread: its progress, and at the end its result. */
export type ThreadMessage =
  { readonly type: 'progress'; readonly cases: number } | { readonly type: 'found'; readonly findings: Findings }

interface ThreadOptions {
  readonly threads: number
  readonly signal?: AbortSignal
  readonly onProgress?: Progress
}

/**
 * The same report as `backtest`, computed by several threads of this process, each with a connection and an equal share
 * of the cases, so that the main thread stays responsive. Threads are loaded from the compiled output.
 */
export async function backtestInThreads(
  url: string,
  order: BacktestOrder,
  { threads, signal, onProgress }: ThreadOptions,
): Promise<BacktestReport> {
  const program = programOf(join(__dirname, 'backtest-thread.js'))
  signal?.throwIfAborted()
  const progress = Array.from({ length: threads }, () => 0)
  const workers = progress.map((_, index) => {
    const task: ThreadTask = { url, order, part: { index, of: threads } }
    return new Worker(program, { workerData: task, ...(signal === undefined ? {} : { signal }) })
  })
  const end = (): void => workers.forEach((worker) => void worker.terminate())
  signal?.addEventListener('abort', end, { once: true })
  try {
    const parts = await Promise.all(
      workers.map((worker, index) =>
        findingsFrom(worker, (cases) => {
          progress[index] = cases
          onProgress?.(progress.reduce((sum, n) => sum + n, 0))
        }),
      ),
    )
    return reportOf(parts, order)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', end)
    end()
  }
}

/** The compiled thread program: next to this file, or in `dist` where this file runs from source. */
function programOf(compiledPath: string): string {
  const compiled = compiledPath.replace(/([\\/])libs([\\/]case-handling[\\/]src)/, '$1dist$1libs$2')
  const found = [compiledPath, compiled].find((path) => existsSync(path))
  if (found === undefined) throw new Error('the threads of a backtest are not compiled: npm run build')
  return found
}

async function findingsFrom(worker: Worker, onProgress: Progress): Promise<Findings> {
  let findings: Findings | undefined
  worker.on('message', (message: ThreadMessage) => {
    if (message.type === 'progress') onProgress(message.cases)
    else findings = message.findings
  })
  const ended = new Promise<never>((_, reject) => worker.once('error', reject))
  await Promise.race([once(worker, 'exit'), ended])
  if (findings === undefined) throw new Error('a thread of the backtest ended without an answer')
  return findings
}
