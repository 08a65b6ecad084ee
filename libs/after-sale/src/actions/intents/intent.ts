import type { Fen, Instant } from '../../facets'
import type { Term } from '../../glossary/vocabulary'
import type { Action } from '../action'
import type { ActionName } from '../action-names'

/** Who requested it: a person by their account, or a strategy by its document and version. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'strategy'; readonly id: string; readonly version: number }

/**
 * The state of an action. `intended`: committed, not sent yet, or to be done by hand. `attested`: a person attests that
 * it was done. `answered`: the marketplace accepted it. `in-doubt`: sent, no usable answer. `confirmed`: the
 * marketplace shows it. The others ended without effect: `refused` by the marketplace, `stale` (the case had changed),
 * `lapsed` (it did not happen), `overtaken` (something else happened), `withdrawn`.
 */
export type IntentState =
  | 'intended'
  | 'attested'
  | 'answered'
  | 'in-doubt'
  | 'confirmed'
  | 'refused'
  | 'stale'
  | 'lapsed'
  | 'overtaken'
  | 'withdrawn'

interface IntentTerm extends Term {
  readonly open: boolean
}

/** The name of each state, and whether the marketplace may still show its effect (`open`). */
export const INTENT_STATES: Readonly<Record<IntentState, IntentTerm>> = {
  intended: { zh: '待执行', en: 'Intended', open: true },
  attested: { zh: '已人工操作，待平台显示', en: 'Done by hand, not seen yet', open: true },
  answered: { zh: '平台已受理', en: 'Accepted by the platform', open: true },
  'in-doubt': { zh: '结果未知', en: 'In doubt', open: true },
  confirmed: { zh: '已生效', en: 'Confirmed', open: false },
  refused: { zh: '平台拒绝', en: 'Refused by the platform', open: false },
  stale: { zh: '售后已变更', en: 'The case had changed', open: false },
  lapsed: { zh: '未生效', en: 'Did not happen', open: false },
  overtaken: { zh: '已有其他结果', en: 'Overtaken', open: false },
  withdrawn: { zh: '已取消', en: 'Withdrawn', open: false },
}

/**
 * One decided action, as part of the case. It is carried out at most once: what is in doubt is never sent again. It
 * contains no texts: they are sealed separately and go to the marketplace only.
 */
export interface Intent {
  readonly id: string
  readonly action: Action
  readonly by: Actor
  readonly way: 'API' | 'ASSISTED'
  readonly at: Instant
  /** The platform's revision of the case that was judged, UTC ms. */
  readonly judged: Instant
  /** The most that it can cost, fen. */
  readonly amount: Fen
  readonly state: IntentState
  /** When it entered this state; if in doubt: when it was sent. UTC ms. */
  readonly since: Instant
  /** Not sent before this time (UTC ms), so that a person can withdraw it. Absent: sent at once. */
  readonly heldUntil?: Instant
  /** The marketplace's refusal code. */
  readonly code?: string
}

/** Whether the action is in progress or in doubt: its effect may still come. */
export const isOpen = (intent: Intent): boolean => INTENT_STATES[intent.state].open

/** Actions that decide the buyer's application. Only one of them may be open at a time. */
const DECIDING_ACTIONS: ReadonlySet<ActionName> = new Set<ActionName>([
  'approve-return',
  'approve-refund',
  'approve-exchange',
  'approve-resend',
  'approve-repair',
  'reject',
  'turn-into-refund',
  'approve-refusal',
  'cancel-sending',
])

export const isDeciding = (name: ActionName): boolean => DECIDING_ACTIONS.has(name)
