import type { AppealKind } from '../actions/action'
import type { Fen } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'
import { maxClaimOf } from './claim-amounts'
import type { AppealScene } from './appeal-kinds'
import { APPEAL_KINDS, APPEAL_KIND_NAMES, APPEAL_SCENES } from './appeal-kinds'
import type { ObstacleName } from './appeal-obstacles'
import { OBSTACLES, obstaclesOf } from './appeal-obstacles'
import type { AppealSubject } from './appeal-scenes'
import { scenesOf } from './appeal-scenes'

/** What the merchant wants changed: the rate, the money, or both (R068, R069). */
export interface AppealGoal {
  readonly rate: boolean
  readonly money: boolean
}

/** Why an item is not worth ticking. */
export type LeftOutReason = ObstacleName | 'NotWanted' | 'CoveredByOthers'

export const LEFT_OUT_REASONS: Readonly<Record<LeftOutReason, Term & { readonly rule: RuleId }>> = {
  ...OBSTACLES,
  NotWanted: { zh: '与诉求无关', en: 'changes nothing that is wanted', rule: 'R069' },
  CoveredByOthers: {
    zh: '其他申诉项已覆盖,重复申诉计入失败',
    en: 'covered by the other items; twice counts as a failure',
    rule: 'R080',
  },
}

/** Whether to tick the item of one kind, and why. */
export type KindAdvice =
  | {
      readonly kind: AppealKind
      readonly advice: 'take'
      readonly scene: AppealScene
      readonly most?: Fen
      readonly rule: RuleId
    }
  /** The deciding fact is unknown and must be found out first. */
  | {
      readonly kind: AppealKind
      readonly advice: 'find-out'
      readonly unknown: readonly ObstacleName[]
      readonly rule: RuleId
    }
  | { readonly kind: AppealKind; readonly advice: 'leave'; readonly because: LeftOutReason; readonly rule: RuleId }

/**
 * R071: which items to tick, one advice for each kind. Only ticked items are considered (R073), so money is recovered
 * only where it is ticked. "Other" in addition to items that already cover everything is one item too many (R080).
 */
export function adviseItems(subject: AppealSubject, goal: AppealGoal): readonly KindAdvice[] {
  const advice = APPEAL_KIND_NAMES.map((kind) => adviceOf(subject, kind, goal))
  const covered = advice.some(({ kind, advice }) => kind !== 'other' && advice === 'take')
  return advice.map((itemAdvice) =>
    covered && itemAdvice.kind === 'other' && itemAdvice.advice === 'find-out'
      ? leaveOut('other', 'CoveredByOthers')
      : itemAdvice,
  )
}

function adviceOf(subject: AppealSubject, kind: AppealKind, goal: AppealGoal): KindAdvice {
  if (!goal[APPEAL_KINDS[kind].moves]) return leaveOut(kind, 'NotWanted')
  const obstacles = obstaclesOf(subject, kind)
  const blocking = obstacles.find(({ truth }) => truth === 'true')
  if (blocking !== undefined) return leaveOut(kind, blocking.name)
  const scene = scenesOf(subject, kind).find(({ truth }) => truth === 'true')?.scene
  const unknown = obstacles.filter(({ truth }) => truth === 'unknown').map(({ name }) => name)
  if (scene === undefined) return { kind, advice: 'find-out', unknown, rule: 'R071' }
  if (unknown.includes('FreeShipping')) return { kind, advice: 'find-out', unknown, rule: 'R077' }
  const most = kind === 'liability' ? undefined : maxClaimOf(subject, kind)
  return { kind, advice: 'take', scene, ...(most === undefined ? {} : { most }), rule: APPEAL_SCENES[scene].rule }
}

const leaveOut = (kind: AppealKind, because: LeftOutReason): KindAdvice => ({
  kind,
  advice: 'leave',
  because,
  rule: LEFT_OUT_REASONS[because].rule,
})
