/**
 * Cases of one shop in the order of their last update. Time never runs back, so a change only appends and its former place is left behind
 * as a stale entry; a change and finding the start of a window cost at most O(log n), reading a window costs its length.
 */
export class UpdatedIndex<T extends { readonly updatedMs: number; readonly revision: number }> {
  private entries: { readonly at: number; readonly revision: number; readonly key: string }[] = []
  private stale = 0

  constructor(private readonly current: (key: string) => T | undefined) {}

  /** `again`: the case was in the index before. */
  put(key: string, item: T, again: boolean): void {
    this.entries.push({ at: item.updatedMs, revision: item.revision, key })
    if (!again) return
    this.stale++
    if (this.stale > 1000 && this.stale > this.entries.length / 2) this.sweep()
  }

  /** All whose last update lies in fromMs ≤ t < untilMs, oldest first. */
  window(fromMs: number, untilMs: number): T[] {
    const found: T[] = []
    for (let i = this.firstAt(fromMs); i < this.entries.length; i++) {
      const entry = this.entries[i]
      if (entry === undefined || entry.at >= untilMs) break
      const item = this.current(entry.key)
      if (item !== undefined && item.revision === entry.revision) found.push(item)
    }
    return found
  }

  private firstAt(fromMs: number): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.entries[middle]?.at ?? 0) < fromMs) low = middle + 1
      else high = middle
    }
    return low
  }

  private sweep(): void {
    this.entries = this.entries.filter((entry) => this.current(entry.key)?.revision === entry.revision)
    this.stale = 0
  }
}
