import type { NumbersSnapshot, TradeNumbers, Trades } from './trade'

/** 1 September 2020, when the counters of the simulated marketplaces began. */
export const EPOCH = 1_598_889_600_000

/** The numbers of every marketplace of a world. */
export class Numbers {
  private readonly byMarketplace: ReadonlyMap<string, TradeNumbers>

  constructor(trades: Trades, snapshot: Readonly<Record<string, NumbersSnapshot>> = {}) {
    this.byMarketplace = new Map(Object.entries(trades).map(([name, trade]) => [name, trade.numbers(snapshot[name])]))
  }

  of({ marketplace }: { readonly marketplace: string }): TradeNumbers {
    const numbers = this.byMarketplace.get(marketplace)
    if (numbers === undefined) throw new Error(`no marketplace ${marketplace}`)
    return numbers
  }

  snapshot(): Record<string, NumbersSnapshot> {
    return Object.fromEntries([...this.byMarketplace].map(([name, numbers]) => [name, numbers.snapshot()]))
  }
}
