import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BacktestOrder, ReportProgress } from './backtest'
import type { BacktestReport, Findings } from './backtest-report'
import { buildReport } from './backtest-report'

/** The task of a thread: plain values, because it is copied to the thread. */
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
  readonly onProgress?: ReportProgress
}

/**
 * The same report as `backtest`, computed by several threads of this process, so that the main thread stays responsive.
 * Each thread has its own connection and an equal share of the cases, and runs the compiled output.
 */
export async function backtestInThreads(
  url: string,
  order: BacktestOrder,
  { threads, signal, onProgress }: ThreadOptions,
): Promise<BacktestReport> {
  const program = findThreadProgram(join(__dirname, 'backtest-thread.js'))
  signal?.throwIfAborted()
  const casesByThread = Array.from({ length: threads }, () => 0)
  const workers = casesByThread.map((_, index) => {
    const task: ThreadTask = { url, order, part: { index, of: threads } }
    return new Worker(program, { workerData: task, ...(signal === undefined ? {} : { signal }) })
  })
  const terminateAll = (): void => workers.forEach((worker) => void worker.terminate())
  signal?.addEventListener('abort', terminateAll, { once: true })
  try {
    const parts = await Promise.all(
      workers.map((worker, index) =>
        awaitFindings(worker, (cases) => {
          casesByThread[index] = cases
          onProgress?.(casesByThread.reduce((sum, n) => sum + n, 0))
        }),
      ),
    )
    return buildReport(parts, order)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', terminateAll)
    terminateAll()
  }
}

/** The compiled program of a thread: next to this file, or in `dist` if this file runs from source. */
function findThreadProgram(compiledPath: string): string {
  const compiled = compiledPath.replace(/([\\/])libs([\\/]case-handling[\\/]src)/, '$1dist$1libs$2')
  const existingPath = [compiledPath, compiled].find((path) => existsSync(path))
  if (existingPath === undefined) throw new Error('the threads of a backtest are not compiled: npm run build')
  return existingPath
}

async function awaitFindings(worker: Worker, onProgress: ReportProgress): Promise<Findings> {
  let findings: Findings | undefined
  worker.on('message', (message: ThreadMessage) => {
    if (message.type === 'progress') onProgress(message.cases)
    else findings = message.findings
  })
  const failed = new Promise<never>((_, reject) => worker.once('error', reject))
  await Promise.race([once(worker, 'exit'), failed])
  if (findings === undefined) throw new Error('a thread of the backtest ended without an answer')
  return findings
}
