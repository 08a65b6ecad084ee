import type { Draw } from '../../../apps/simulator/src/random'

interface Gate {
  readonly who: string
  readonly open: () => void
}

/**
 * Places at which a worker waits for its turn. One that is killed never passes its gate; one that is
 * stopped passes when it is continued. Between two gates nothing else happens, so a seed determines the whole run.
 */
export class Gates {
  private waiting: Gate[] = []

  pass(who: string): Promise<void> {
    return new Promise((open) => this.waiting.push({ who, open }))
  }

  /** Lets one of those through that may go, by chance; `false` where none waits. */
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
