import type { AfterSaleCase, BuyerFacet, CaseEvent, Command, Decision, Effect } from '#after-sale'

/** One command for one case. `messageId` is the message behind it, for the timeline. */
export interface CaseCommand {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly command: Command
  readonly messageId: number | null
  /** The buyer to be stored: the known one where it is the same buyer, sealed with an older key. */
  readonly sameBuyer?: (fresh: BuyerFacet, known: BuyerFacet | undefined) => BuyerFacet
}

/** The result of one piece of work. */
export interface CommandResult {
  readonly caseCommand: CaseCommand
  readonly after: AfterSaleCase | undefined
  readonly effects: readonly Effect[]
  readonly events: readonly CaseEvent[]
  readonly refused?: Extract<Decision, { type: 'refused' }>
}
