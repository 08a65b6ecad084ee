import type { CaseEvent } from './events'
import type { Term } from './vocabulary'

/** Why the marketplace is asked for the case once more. */
export type ReadReason = 'deadline-passed' | 'recheck' | 'same-revision-conflict'

/** What the shell must do outside. Reading is the only effect so far; it changes nothing at the marketplace. */
export interface ReadCase {
  readonly type: 'ReadCase'
  readonly why: ReadReason
}

export type Effect = ReadCase

/** Why a command was refused: a reason that a person understands. Refusals are values; an exception is a bug. */
export type Refusal = 'NoSuchCase'

export const REFUSALS: Readonly<Record<Refusal, Term>> = {
  NoSuchCase: { zh: '没有这个售后单', en: 'there is no such case' },
}

export type Decision =
  | { readonly type: 'decided'; readonly events: readonly CaseEvent[]; readonly effects: readonly Effect[] }
  | { readonly type: 'refused'; readonly reason: Refusal }

export const nothing: Decision = { type: 'decided', events: [], effects: [] }
