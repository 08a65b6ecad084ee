import type { KeptNumbers, TradeNumbers, Trades } from './trade'

/** 1 September 2020, when the counters of the simulated marketplaces began. */
export const EPOCH = 1_598_889_600_000

/** The numbers of every marketplace of a world. */
export class Numbers {
  private readonly each: ReadonlyMap<string, TradeNumbers>

  constructor(trades: Trades, kept: Readonly<Record<string, KeptNumbers>> = {}) {
    this.each = new Map(Object.entries(trades).map(([name, trade]) => [name, trade.numbers(kept[name])]))
  }

  of({ marketplace }: { readonly marketplace: string }): TradeNumbers {
    const numbers = this.each.get(marketplace)
    if (numbers === undefined) throw new Error(`no marketplace ${marketplace}`)
    return numbers
  }

  snapshot(): Record<string, KeptNumbers> {
    return Object.fromEntries([...this.each].map(([name, numbers]) => [name, numbers.snapshot()]))
  }
}
