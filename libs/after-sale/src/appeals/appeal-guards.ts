import type { AppealItem } from '../actions/action'
import type { GuardInput, Guard, Objection } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import { amountObjections } from './claim-amounts'
import { appealBudgetOf } from './appeal-budget'
import { APPEAL_KINDS } from './appeal-kinds'
import { isUndecided } from './appeals-of-intents'
import { OBSTACLES, obstaclesOf, ownAppealKindsOf } from './appeal-obstacles'
import type { AppealSubject } from './appeal-scenes'
import { appealSubjectOf, scenesOf } from './appeal-scenes'
import { DEFAULT_APPEAL_TERMS } from './terms'

const itemsOf = ({ action }: GuardInput): readonly AppealItem[] | undefined =>
  action.name === 'appeal' ? action.items : undefined
const subjectOf = ({ afterSale, facts, terms }: GuardInput): AppealSubject => appealSubjectOf(afterSale, facts, terms)

/**
 * R061, R062: after more than 3 failed appeals in a month, or 10 in a year, no appeal is accepted; a store that is
 * close to the limit is warned.
 */
export const appealsAreLeft: Guard = (input) => {
  const items = itemsOf(input)
  if (items === undefined) return noObjection
  const { facts, terms, now } = input
  if (facts.failedAppeals === undefined) return warn('CannotBeToldApart', 'R061')
  const settings = terms.appeals ?? DEFAULT_APPEAL_TERMS
  const { open, left, rule } = appealBudgetOf(facts.failedAppeals, now, terms.zoneMinutes, settings)
  if (!open) return refuse('AppealQuotaUsed', rule)
  const mayFail = settings.failureIs.value === 'item' ? items.length : 1
  return left <= settings.warnFrom.value || mayFail >= left ? warn('LastAppeals', rule) : noObjection
}

/**
 * R082, R084: at least one item is ticked, each item is described, and each is decided separately, so none is listed
 * twice (R080).
 */
export const appealIsDescribed: Guard = (input) => {
  const items = itemsOf(input)
  if (items === undefined) return noObjection
  if (items.length === 0) return refuse('NothingToAppeal', 'R073')
  if (items.some(({ text }) => text.trim() === '')) return refuse('ExplanationMissing', 'R082')
  return new Set(items.map(({ kind }) => kind)).size < items.length ? refuse('AppealItemTwice', 'R080') : noObjection
}

/**
 * R063, R065, R077: an appeal that is bound to fail costs a slot and is not sent; one that may fail for an unknown fact
 * is warned about.
 */
export const appealCanSucceed: Guard = (input) => {
  const subject = subjectOf(input)
  const obstacles = (itemsOf(input) ?? []).flatMap(({ kind }) => obstaclesOf(subject, kind))
  return obstacles.flatMap(({ name, truth }): readonly Objection[] => {
    const { refusal, rule } = OBSTACLES[name]
    return truth === 'true'
      ? refuse(refusal, rule)
      : truth === 'unknown'
        ? warn('AppealLikelyFails', rule)
        : noObjection
  })
}

/**
 * R080: "other" is for deductions that the three other kinds do not cover; used for what they cover, it counts as the
 * same item twice.
 */
export const otherIsSomethingElse: Guard = (input) => {
  const items = itemsOf(input)
  if (items === undefined || !items.some(({ kind }) => kind === 'other')) return noObjection
  const subject = subjectOf(input)
  const isDeducted = scenesOf(subject, 'other').some(({ truth }) => truth === 'true')
  if (isDeducted) return noObjection
  const isCovered = (['liability', 'goods-money', 'freight'] as const).some(
    (kind) => items.some((item) => item.kind === kind) || scenesOf(subject, kind).some(({ truth }) => truth === 'true'),
  )
  return isCovered ? refuse('AppealItemTwice', 'R080') : warn('CannotBeToldApart', 'R079')
}

/** R074, R078: every item claims an amount that is possible for it. */
export const appealAmountsFit: Guard = (input) => {
  const subject = subjectOf(input)
  return (itemsOf(input) ?? []).flatMap((item) => amountObjections(item, subject))
}

/**
 * R068, R069, R073: a liability appeal recovers no money, and a money appeal changes no rate. Warns where an item that
 * could also be claimed is not ticked.
 */
export const appealMovesWhatIsWanted: Guard = (input) => {
  const items = itemsOf(input)
  if (items === undefined || items.length === 0) return noObjection
  const subject = subjectOf(input)
  const moves = new Set(items.map(({ kind }) => APPEAL_KINDS[kind].moves))
  const isClaimable = (kind: AppealItem['kind']): boolean =>
    scenesOf(subject, kind).some(({ truth }) => truth === 'true')
  if (!moves.has('money') && (isClaimable('goods-money') || isClaimable('freight')))
    return warn('ClaimsNoMoney', 'R073')
  return !moves.has('rate') && isClaimable('liability') ? warn('ChangesNoRate', 'R068') : noObjection
}

/** R083: an appeal can be withdrawn while it is open, not once it is decided. */
export const appealIsOpen: Guard = ({ afterSale, action, facts }) => {
  if (action.name !== 'withdraw-appeal') return noObjection
  const stage = afterSale.dispute?.stage
  if (stage === 'appealed') return noObjection
  if (stage === 'decided') return refuse('NotInThisStatus', 'R083')
  if (afterSale.appeals !== undefined && !afterSale.appeals.some(isUndecided)) return refuse('NotInThisStatus', 'R083')
  if ((facts.appealed?.length ?? 0) > 0 || ownAppealKindsOf(afterSale).length > 0) return noObjection
  // Not every marketplace shows an appeal in the case: that none is shown does not mean that there is none.
  return facts.appealed === undefined ? warn('CannotBeToldApart', 'R083') : refuse('NothingToAppeal', 'R083')
}
