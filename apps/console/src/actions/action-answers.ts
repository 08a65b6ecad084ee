import type { Vault } from '#access'
import { messageSealingOf } from '#access'
import type { AfterSaleCase, Intent } from '#after-sale'
import { INTENT_STATES, TASK_REASONS, isOpen, offeredActions } from '#after-sale'
import { ActionOrders, wayOf } from '#case-handling'
import { MARKETPLACES, connectorOf } from '#connectors'
import type { SealedOrder, TaskItem } from '#read-models'
import { iso, isoOrNull } from '../core/instants'
import type { StoreNameAnswer } from '../core/store-name.answer'
import type { ActionAnswer, AssistanceAnswer, OfferedActionAnswer } from './action.answer'
import type { TaskAnswer } from './task.answer'

/** One action of a case as the API shows it, without the texts that a person wrote. */
export function actionAnswerOf({
  id,
  action,
  by,
  way,
  at,
  judged,
  amount,
  state,
  since,
  heldUntil,
  code,
}: Intent): ActionAnswer {
  return {
    intent: id,
    action: { ...action },
    by,
    way,
    at: iso(at),
    judged: iso(judged),
    amountFen: amount,
    state,
    stateText: { zh: INTENT_STATES[state].zh, en: INTENT_STATES[state].en },
    open: INTENT_STATES[state].open,
    since: iso(since),
    heldUntil: isoOrNull(heldUntil),
    code: code ?? null,
  }
}

export const actionAnswersOf = (intents: readonly Intent[] | undefined): ActionAnswer[] =>
  (intents ?? []).map(actionAnswerOf)

/** What may be done with the case now, and why the rest may not. */
export const offeredAnswersOf = (afterSale: AfterSaleCase): OfferedActionAnswer[] =>
  offeredActions(afterSale, (name) => wayAt(afterSale.marketplace, name)).map(({ name, way, refusal, amount }) => ({
    name,
    way,
    refusal: refusal ?? null,
    amountFen: amount,
  }))

const wayAt = wayOf(MARKETPLACES)

export const taskAnswerOf = (
  { caseId, caseNumber, marketplace, store, reason, due, intent }: TaskItem,
  nameOf: (store: number) => StoreNameAnswer,
): TaskAnswer => ({
  caseId,
  caseNumber,
  marketplace,
  store: nameOf(store),
  reason,
  reasonText: TASK_REASONS[reason],
  due: iso(due),
  canBeWithdrawn: isOpen(intent) && intent.state === 'intended',
  action: actionAnswerOf(intent),
})

/** What a person needs to do it by hand; null where we send it. */
export function assistanceFor(marketplace: string, order: SealedOrder, vault: Vault): AssistanceAnswer | null {
  const opened = new ActionOrders(messageSealingOf(vault)).open(order)
  const assistance = connectorOf(marketplace)?.assist(opened)
  if (assistance === undefined) return null
  const { link, path, steps, texts } = assistance
  return { link: link ?? null, path: path ?? null, steps: [...steps], texts: [...texts] }
}
