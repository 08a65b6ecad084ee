import type { Draw } from '../../../apps/simulator/src/random'

interface WaitingWorker {
  readonly worker: string
  readonly resume: () => void
}

/**
 * Points at which a worker waits for its turn. A killed worker never passes its gate; a suspended one passes once it is
 * resumed. Between two gates nothing else runs, so a seed determines the whole run.
 */
export class StepScheduler {
  private waiting: WaitingWorker[] = []

  waitForTurn(worker: string): Promise<void> {
    return new Promise((resume) => this.waiting.push({ worker, resume }))
  }

  /** Lets one random waiting worker pass, of those that may; `false` if none is waiting. */
  async runOneStep(draw: Draw, mayRun: (worker: string) => boolean): Promise<boolean> {
    const runnable = this.waiting.filter(({ worker }) => mayRun(worker))
    if (runnable.length === 0) return false
    const next = draw.pick(runnable)
    this.waiting = this.waiting.filter((other) => other !== next)
    next.resume()
    // Until that worker waits at its next gate.
    await new Promise((resolve) => setImmediate(resolve))
    return true
  }

  remove(worker: string): void {
    this.waiting = this.waiting.filter((next) => next.worker !== worker)
  }
}
