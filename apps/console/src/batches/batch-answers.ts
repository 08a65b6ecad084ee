import type { ActionName, ActionWarning, Term } from '#after-sale'
import { ACTION_WARNINGS, REFUSALS } from '#after-sale'
import { BATCH_VALID_MS } from '#case-handling'
import type { Batch, BatchHead, BatchItemRow, ListedBatch } from '#read-models'
import { iso, isoOrNull } from '../core/instants'
import { maskPhones } from '../core/mask-personal-data'
import type { StoreNameAnswer } from '../core/store-name.answer'
import type { BatchAnswer, BatchItemAnswer, BatchStateAnswer, BatchSummary, ListedBatchAnswer } from './batch.answer'

/** Who looks at a batch. */
export interface BatchViewer {
  /** As the audit names the caller. */
  readonly actor: string
  readonly now: number
  readonly mayRecallOthers: boolean
  /** Above this, fen, starting needs a recent proof. */
  readonly proofAbove: number
}

/** Reasons that are not the model's. */
const BATCH_REASONS: Readonly<Record<string, Term>> = {
  NotPermitted: { zh: '操作人的权限不允许此操作', en: 'the rights of its person do not allow this action' },
  AuthorInactive: { zh: '操作人已停用，或其密钥已失效', en: 'its person was disabled, or its API key is over' },
  StorePaused: { zh: '店铺已暂停', en: 'the store is paused' },
  StoreRemoved: { zh: '店铺已移除', en: 'the store was removed' },
  TextsUnreadable: { zh: '操作文字无法解密', en: 'the texts of the action cannot be decrypted' },
  AlreadyRetried: { zh: '另一次重试已包含此售后单', en: 'another retry that was started has this case' },
  CouldNotBeWritten: { zh: '未能保存', en: 'it could not be saved' },
  AnotherIntent: { zh: '编号已被占用', en: 'its id is used by another request' },
  ConfirmationOfOtherWarnings: { zh: '出现了未确认的提示', en: 'there are warnings that were not confirmed' },
}

const REASON_TEXTS: Readonly<Record<string, Term>> = { ...REFUSALS, ...BATCH_REASONS }

const reasonTextOf = (reason: string | null): Term | null => {
  const term = reason === null ? undefined : REASON_TEXTS[reason]
  return term === undefined ? null : { zh: term.zh, en: term.en }
}

const isExpired = ({ state, createdAt }: BatchHead, now: number): boolean =>
  state === 'frozen' && (now > createdAt + BATCH_VALID_MS || now < createdAt)

const stateOf = (head: BatchHead, now: number): BatchStateAnswer => (isExpired(head, now) ? 'expired' : head.state)

const summaryOf = (head: BatchHead, viewer: BatchViewer, cases: number, totalFen: number): BatchSummary => ({
  id: head.id,
  action: head.action as ActionName,
  state: stateOf(head, viewer.now),
  createdAt: iso(head.createdAt),
  createdBy: head.createdBy,
  own: head.actor === viewer.actor,
  startedAt: isoOrNull(head.startedAt),
  recalledAt: isoOrNull(head.recalledAt),
  endedAt: isoOrNull(head.endedAt),
  cases,
  totalFen,
})

const sumOf = <T>(list: readonly T[], value: (one: T) => number): number =>
  // A sum beyond it would not be exact, and the request that confirms it would be refused.
  Math.min(
    list.reduce((sum, one) => sum + value(one), 0),
    Number.MAX_SAFE_INTEGER,
  )

/** What is to be sent costs at most this, fen; an unknown amount may be a large one. */
export const costToSend = ({ groups }: Pick<Batch, 'groups'>): number =>
  sumOf(
    groups.filter(({ outcome }) => outcome === 'waiting'),
    ({ fen, unknown }) => (unknown > 0 ? Infinity : fen),
  )

export function batchAnswerOf(batch: Batch, viewer: BatchViewer): BatchAnswer {
  const { head, groups, warnings } = batch
  const notRefused = groups.filter(({ outcome }) => outcome !== 'refused-by-us')
  const cases = sumOf(groups, (group) => group.cases)
  const isOwn = head.actor === viewer.actor
  const wasStarted = head.startedAt !== null
  const canStillBeRecalled = groups.some(
    ({ outcome, held }) => held > 0 && ['waiting', 'accepted', 'by-hand'].includes(outcome),
  )
  return {
    ...summaryOf(
      head,
      viewer,
      cases,
      sumOf(notRefused, ({ fen }) => fen),
    ),
    expiresAt: iso(head.createdAt + BATCH_VALID_MS),
    missing: isOwn ? Math.max(0, head.asked - cases) : 0,
    toSend: sumOf(
      groups.filter(({ outcome }) => outcome === 'waiting'),
      (group) => group.cases,
    ),
    unknownAmounts: sumOf(notRefused, ({ unknown }) => unknown),
    byHand: sumOf(notRefused, ({ byHand }) => byHand),
    needsProof: costToSend(batch) > viewer.proofAbove,
    outcomes: groups.map(({ outcome, reason, rule, cases: n, fen }) => ({
      ...{ outcome, reason, reasonText: outcome === 'refused-by-us' ? reasonTextOf(reason) : null, rule, cases: n },
      totalFen: fen,
    })),
    warnings: warnings.flatMap(({ warning, cases: n }) => (isWarning(warning) ? [{ warning, cases: n }] : [])),
    retryOf: head.retryOf,
    recalledBy: head.recalledBy,
    undoSeconds: Math.round(head.undoMs / 1_000),
    canRecall:
      (isOwn || viewer.mayRecallOthers) &&
      head.state !== 'recalling' &&
      canStillBeRecalled &&
      !isExpired(head, viewer.now),
    canRetry: isOwn && wasStarted && head.state === 'ended' && head.hasTexts && batch.hasFailures,
  }
}

export const listedBatchOf = (listed: ListedBatch, viewer: BatchViewer): ListedBatchAnswer => ({
  ...summaryOf(listed, viewer, listed.cases, listed.fen),
  waiting: listed.ready,
  taken: listed.taken,
  refused: listed.refused,
  recalled: listed.recalled,
})

export const batchItemOf = (item: BatchItemRow, nameOf: (store: number) => StoreNameAnswer): BatchItemAnswer => ({
  ...{ n: item.n, caseId: item.caseId, caseNumber: item.caseNumber, marketplace: item.marketplace },
  store: nameOf(item.store),
  ...{ amountFen: item.amountFen, byHand: item.byHand, outcome: item.outcome, reason: item.reason, rule: item.rule },
  reasonText: item.outcome === 'refused-by-us' ? reasonTextOf(item.reason) : null,
  warnings: item.warnings.filter(isWarning),
  text: item.text === null ? null : maskPhones(item.text),
})

const isWarning = (word: string): word is ActionWarning => Object.hasOwn(ACTION_WARNINGS, word)
