import type { Term } from '#after-sale'

/** What people should know about a rule that the gateway can neither check nor carry out. */
export interface Knowledge {
  readonly title: Term
  readonly text: Term
}
