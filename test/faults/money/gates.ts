import type { Draw } from '../../../apps/simulator/src/random'

interface Gate {
  readonly who: string
  readonly open: () => void
}

/**
 * Places at which whoever is at work waits until it is his turn. Who is killed never comes through his gate; who is
 * stopped comes through when he is let go on. Between two gates nothing else happens, so a seed tells the whole story.
 */
export class Gates {
  private waiting: Gate[] = []

  pass(who: string): Promise<void> {
    return new Promise((open) => this.waiting.push({ who, open }))
  }

  /** Lets one of those through who may go, by chance; `false` where nobody waits. */
  async openOne(draw: Draw, mayGo: (who: string) => boolean): Promise<boolean> {
    const able = this.waiting.filter(({ who }) => mayGo(who))
    if (able.length === 0) return false
    const gate = draw.pick(able)
    this.waiting = this.waiting.filter((other) => other !== gate)
    gate.open()
    // Until whoever went through stands at his next gate.
    await new Promise((resolve) => setImmediate(resolve))
    return true
  }

  kill(who: string): void {
    this.waiting = this.waiting.filter((gate) => gate.who !== who)
  }
}
