import type { AfterSaleCase } from '../../case'
import type { Instant } from '../../facets'
import type { TermsOfTrade } from '../../terms'
import type { Term } from '../../glossary/vocabulary'
import type { Intent } from './intent'

/** Why a person must take care of an action. */
export type TaskReason =
  'to-be-done-by-hand' | 'done-but-not-seen' | 'accepted-but-not-seen' | 'in-doubt' | 'refused' | 'did-not-happen'

export const TASK_REASONS: Readonly<Record<TaskReason, Term>> = {
  'to-be-done-by-hand': { zh: '需在商家后台操作', en: 'to be done in the back office' },
  'done-but-not-seen': { zh: '已操作，平台尚未显示', en: 'done by hand, but the marketplace does not show it' },
  'accepted-but-not-seen': { zh: '平台已受理，尚未显示', en: 'accepted, but the marketplace does not show it' },
  'in-doubt': { zh: '结果未知，请核实', en: 'it is unknown whether it happened' },
  refused: { zh: '平台拒绝', en: 'the marketplace refused it' },
  'did-not-happen': { zh: '未生效，请重新处理', en: 'it did not happen' },
}

/** Something that a person must take care of, from `due` on (UTC ms). */
export interface Task {
  readonly intent: string
  readonly reason: TaskReason
  readonly due: Instant
}

/**
 * The tasks of people that follow from actions, derived from the case. A refused or lapsed action stays a task until
 * the case moves on or a new action is decided.
 */
export function tasksOf(afterSale: AfterSaleCase, terms: TermsOfTrade): readonly Task[] {
  return (afterSale.intents ?? []).flatMap((intent, index, intents) => {
    const task = taskOf(intent, terms)
    if (task === undefined) return []
    const [reason, due] = task
    const ended = intent.state === 'refused' || intent.state === 'lapsed'
    const movedOn = ended && ((afterSale.stamps.status?.revision ?? 0) > intent.judged || intents.length > index + 1)
    return movedOn ? [] : [{ intent: intent.id, reason, due }]
  })
}

function taskOf({ state, way, since }: Intent, terms: TermsOfTrade): readonly [TaskReason, Instant] | undefined {
  switch (state) {
    case 'intended':
      return way === 'ASSISTED' ? ['to-be-done-by-hand', since] : undefined
    case 'attested':
      return ['done-but-not-seen', since + terms.attestation]
    case 'answered':
      return ['accepted-but-not-seen', since + terms.attestation]
    case 'in-doubt':
      return ['in-doubt', since + terms.doubtShown]
    case 'refused':
      return ['refused', since]
    case 'lapsed':
      return ['did-not-happen', since]
    default:
      return undefined
  }
}
