import type { Actor, CaseKind, CaseRecord, Effects, Parcel } from './case'

/** What can be done to a case, by any actor. The state machine of each marketplace says when. */
export type Act =
  | { readonly what: 'agree-refund'; readonly by: Actor; readonly way?: number; readonly advance?: true }
  | { readonly what: 'agree-return'; readonly by: Actor; readonly assistant?: true }
  | { readonly what: 'refuse'; readonly by: Actor; readonly text: string }
  | { readonly what: 'agree-parcel-refusal'; readonly by: Actor }
  | { readonly what: 'recall-parcel'; readonly by: Actor }
  | { readonly what: 'agree-resend'; readonly by: Actor }
  | { readonly what: 'agree-repair-unreturned'; readonly by: Actor }
  | { readonly what: 'turn-into-refund'; readonly by: Actor }
  | { readonly what: 'ship-goods'; readonly by: Actor; readonly parcel: Parcel }
  | { readonly what: 'ship-order'; readonly by: Actor; readonly parcel: Parcel }
  | { readonly what: 'extend-time'; readonly by: Actor }
  | { readonly what: 'submit-evidence'; readonly by: Actor; readonly evidence: readonly string[] }
  | { readonly what: 'note'; readonly by: Actor; readonly text: string }
  | {
      readonly what: 'modify'
      readonly by: Actor
      readonly refundFen?: number
      readonly reason?: string
      readonly kind?: CaseKind
    }
  | { readonly what: 'send-back'; readonly by: Actor; readonly parcel: Parcel }
  | { readonly what: 'withdraw'; readonly by: Actor }
  | { readonly what: 'escalate'; readonly by: Actor }
  | { readonly what: 'confirm-receipt'; readonly by: Actor }
  | { readonly what: 'refuse-parcel'; readonly by: Actor }
  /** The current step has run out; `luck` (0 ≤ n < 1) decides where the platform has a choice. */
  | { readonly what: 'overdue'; readonly by: 'system'; readonly luck: number }

/** What the marketplace announces to the app about a change: the type or tag of a message, and its own fields. */
export interface Notice {
  readonly type: string
  readonly own?: Readonly<Record<string, string | number | bigint>>
}

/** What an act does to a case: the next record with its messages, or why the platform refuses it. */
export type Outcome =
  | { readonly changed: true; readonly next: CaseRecord; readonly notices: readonly Notice[] }
  | { readonly changed: false; readonly why: string }

/** The fields of a case that an act sets, and the effects that it adds. */
export type Change = Partial<Omit<CaseRecord, 'effects' | 'log' | 'revision' | 'updatedMs'>> & {
  readonly effect?: Partial<Record<keyof Effects, number>>
}

export function refuseAct(why: string): Outcome {
  return { changed: false, why }
}

/** Older lines are dropped, so that the size of a detail stays bounded. */
const KEPT_LOG_LINES = 30

/** Applies a change: one revision on, the effects counted, the negotiation log one line longer. */
export function changeCase(
  before: CaseRecord,
  act: Act,
  now: number,
  change: Change,
  text: string,
  notices: readonly Notice[],
): Outcome {
  const { effect, ...fields } = change
  const effects: Record<string, number> = { ...before.effects }
  for (const [name, count] of Object.entries(effect ?? {})) effects[name] = (effects[name] ?? 0) + count
  const next: CaseRecord = {
    ...before,
    ...fields,
    updatedMs: now,
    revision: before.revision + 1,
    lastActor: act.by,
    effects: effects as unknown as Effects,
    log: [...before.log.slice(-KEPT_LOG_LINES), { atMs: now, by: act.by, text }],
  }
  return { changed: true, next, notices }
}
