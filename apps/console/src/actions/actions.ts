import type { Vault } from '#access'
import { sealingOf } from '#access'
import type { Intent } from '#after-sale'
import { INTENT_STATES, TASK_REASONS, isOpen } from '#after-sale'
import { ActionOrders } from '#case-handling'
import { connectorOf } from '#connectors'
import type { SealedOrder, TaskItem } from '#read-models'
import { iso } from '../queue/case-row'
import type { StoreName } from '../core/scope'

/** One action of a case as the API shows it. What a person wrote in it is not in it. */
export function actionOf({
  id,
  action,
  by,
  way,
  at,
  judged,
  amount,
  state,
  since,
  code,
}: Intent): Record<string, unknown> {
  return {
    intent: id,
    action,
    by,
    way,
    at: iso(at),
    judged: iso(judged),
    amountFen: amount,
    state,
    stateText: { zh: INTENT_STATES[state].zh, en: INTENT_STATES[state].en },
    open: INTENT_STATES[state].open,
    since: iso(since),
    code: code ?? null,
  }
}

export const actionsOf = (intents: readonly Intent[] | undefined): unknown[] => (intents ?? []).map(actionOf)

export const taskOf = (
  { caseId, caseNumber, marketplace, store, reason, due, intent }: TaskItem,
  nameOf: (store: number) => StoreName,
): unknown => ({
  caseId,
  caseNumber,
  marketplace,
  store: nameOf(store),
  reason,
  reasonText: TASK_REASONS[reason],
  due: iso(due),
  canBeWithdrawn: isOpen(intent) && intent.state === 'intended',
  action: actionOf(intent),
})

/** What a person needs who does it by hand; null for what a call does. */
export function assistanceFor(marketplace: string, order: SealedOrder, vault: Vault): unknown {
  const opened = new ActionOrders(sealingOf(vault)).opened(order)
  const assistance = connectorOf(marketplace)?.assist(opened)
  if (assistance === undefined) return null
  const { link, path, steps, texts } = assistance
  return { link: link ?? null, path: path ?? null, steps, texts }
}
