import type { Act } from './acts'

/** A call of an app that is carried out after its connection was cut; `text`: its parameters as they were sent. */
export interface LateCall {
  readonly kind: 'late'
  readonly marketplace: string
  readonly api: string
  readonly shopId: string
  readonly text: string
}

/** What the clock wakes up: plain values, so that a state file can keep them. A case that has moved on makes its tasks stale. */
export type Task =
  | { readonly kind: 'overdue'; readonly number: string; readonly revision: number }
  | { readonly kind: 'person'; readonly number: string; readonly revision: number; readonly act: Act }
  | { readonly kind: 'group'; readonly order: string; readonly sequence: number; readonly quiet: boolean }
  | LateCall
