import type { Act } from './acts'

/** What the clock wakes up: plain values, so that a state file can keep them. A case that has moved on makes its tasks stale. */
export type Task =
  | { readonly kind: 'overdue'; readonly number: string; readonly revision: number }
  | { readonly kind: 'person'; readonly number: string; readonly revision: number; readonly act: Act }
  | { readonly kind: 'group'; readonly order: string; readonly sequence: number; readonly quiet: boolean }
