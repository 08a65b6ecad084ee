import type { Kind, Status, Turn } from '#after-sale'

/** These numbers are stored, so they never change: a new value gets the next number, and none is reused. */
const TURN_NUMBER: Readonly<Record<Turn, number>> = { us: 0, buyer: 1, platform: 2, carrier: 3, nobody: 4 }

const STATUS_NUMBER: Readonly<Record<Status, number>> = {
  'awaiting-merchant-decision': 1,
  'awaiting-merchant-receipt': 2,
  'awaiting-merchant-shipment': 3,
  'awaiting-recall': 4,
  'awaiting-buyer-return': 5,
  'awaiting-buyer-action': 6,
  'awaiting-buyer-receipt': 7,
  'awaiting-refusal': 8,
  refused: 9,
  'platform-handling': 10,
  refunding: 11,
  succeeded: 12,
  closed: 13,
}

const KIND_NUMBER: Readonly<Record<Kind, number>> = {
  'refund-only': 1,
  'return-and-refund': 2,
  exchange: 3,
  resend: 4,
  repair: 5,
}

/** Numbers of statuses must be less. */
const LANES_PER_TURN = 64

/** The lane of a case: whose turn it is and its status (0: unknown) in one small number, which fits into every index. */
export const laneOf = (turn: Turn, status: Status | undefined): number =>
  TURN_NUMBER[turn] * LANES_PER_TURN + (status === undefined ? 0 : STATUS_NUMBER[status])

/** The number of a kind; 0: unknown. */
export const kindNumberOf = (kind: Kind | undefined): number => (kind === undefined ? 0 : KIND_NUMBER[kind])

/** Selects lanes. An absent property selects all turns or all statuses. */
export interface LaneFilter {
  readonly turns?: readonly Turn[]
  readonly statuses?: readonly Status[]
}

export const ALL_TURNS = Object.keys(TURN_NUMBER) as readonly Turn[]
export const OPEN_TURNS: readonly Turn[] = ALL_TURNS.filter((turn) => turn !== 'nobody')
const ALL_STATUSES = [undefined, ...(Object.keys(STATUS_NUMBER) as Status[])]

export const lanesOf = ({ turns = ALL_TURNS, statuses }: LaneFilter): number[] =>
  turns.flatMap((turn) => (statuses ?? ALL_STATUSES).map((status) => laneOf(turn, status)))

/** The numbers of the kinds of a filter; null means all. */
export const kindNumbersOf = (kinds: readonly Kind[] | undefined): number[] | null => kinds?.map(kindNumberOf) ?? null

/** The turn of a lane's rows. */
export const turnOfLane = (lane: number): Turn | undefined => ALL_TURNS[Math.floor(lane / LANES_PER_TURN)]
