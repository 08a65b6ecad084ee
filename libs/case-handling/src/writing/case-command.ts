import type { AfterSaleCase, BuyerFacet, CaseEvent, Command, Decision, Effect } from '#after-sale'

/** One command for one case. `messageId`: the marketplace's message that caused it, shown in the timeline. */
export interface CaseCommand {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly command: Command
  readonly messageId: number | null
  /** Chooses the buyer to store, see `Sealing.sameBuyer`. */
  readonly sameBuyer?: (fresh: BuyerFacet, known: BuyerFacet | undefined) => BuyerFacet
}

/** The result of one command. `after`: the case after it; `undefined` if there is none. */
export interface CommandResult {
  readonly caseCommand: CaseCommand
  readonly after: AfterSaleCase | undefined
  readonly effects: readonly Effect[]
  readonly events: readonly CaseEvent[]
  readonly refused?: Extract<Decision, { type: 'refused' }>
}
