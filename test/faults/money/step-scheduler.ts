import type { Draw } from '../../../apps/simulator/src/random'

interface Gate {
  readonly who: string
  readonly open: () => void
}

/**
 * Points at which a worker waits for its turn. A killed worker never passes its gate; a suspended one passes once it is
 * resumed. Between two gates nothing else runs, so a seed determines the whole run.
 */
export class Gates {
  private waiting: Gate[] = []

  pass(who: string): Promise<void> {
    return new Promise((open) => this.waiting.push({ who, open }))
  }

  /** Lets one random waiting worker pass, of those that may; `false` if none is waiting. */
  async openOne(draw: Draw, mayGo: (who: string) => boolean): Promise<boolean> {
    const able = this.waiting.filter(({ who }) => mayGo(who))
    if (able.length === 0) return false
    const gate = draw.pick(able)
    this.waiting = this.waiting.filter((other) => other !== gate)
    gate.open()
    // Until that worker waits at its next gate.
    await new Promise((resolve) => setImmediate(resolve))
    return true
  }

  kill(who: string): void {
    this.waiting = this.waiting.filter((gate) => gate.who !== who)
  }
}
