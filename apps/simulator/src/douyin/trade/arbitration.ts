import type { Act, Change, Notice, Outcome } from '../../world/acts'
import { changeCase, refuseAct } from '../../world/acts'
import type { CaseRecord, Dispute } from '../../world/case'
import { close, refundOrdered } from './moves'
import { dueAfter } from '../../world/platform-rules'

/** Output codes of arbitrate_status. */
const inArbitration = 1
const agentForBuyer = 2
const agentForMerchant = 3
const evidenceWanted = 4
const negotiation = 5
const ended = 255

/** A ruled dispute keeps 2 or 3 in the API while its push 216 has 255, as the platform's own examples do. */
export function isOpen(dispute: Dispute): boolean {
  return [inArbitration, evidenceWanted, negotiation].includes(dispute.status)
}

function notice(tag: string, dispute: Dispute): Notice {
  const own = { arbitrate_id: dispute.id, arbitrate_status: dispute.status }
  return { type: tag, own: tag === '216' ? { ...own, arbitrate_conclusion: dispute.conclusion } : own }
}

/** The buyer asks the platform to step in, which a refusal makes possible (R017, R029). */
export function escalate(record: CaseRecord, act: Act, now: number): Outcome {
  if (![27, 29].includes(record.status) || record.dispute !== null) return refuseAct('售后状态不正确')
  const dueMs = dueAfter(now, 'interventionIntake')
  const dispute: Dispute = {
    id: `${record.number}_001`,
    status: inArbitration,
    conclusion: 0,
    openedMs: now,
    changedMs: now,
    deadlineMs: null,
    evidence: [],
  }
  const notices = [notice('212', dispute)]
  if (record.sequence % 3 === 0) notices.push(notice('217', dispute))
  return changeCase(record, act, now, { dispute, dueMs }, '买家申请平台介入', notices)
}

/** 48 hours for evidence, a hard close (R125). */
export function submitEvidence(
  record: CaseRecord,
  act: Extract<Act, { what: 'submit-evidence' }>,
  now: number,
): Outcome {
  if (record.dispute === null || ![evidenceWanted, negotiation].includes(record.dispute.status))
    return refuseAct('当前无需举证')
  const byMerchant = act.by === 'merchant'
  const status = byMerchant ? inArbitration : record.dispute.status
  const dispute: Dispute = {
    ...record.dispute,
    status,
    changedMs: now,
    deadlineMs: null,
    evidence: [...record.dispute.evidence, ...act.evidence].slice(0, 8),
  }
  const change: Change = {
    dispute,
    dueMs: dueAfter(now, 'ruling'),
    ...(byMerchant ? { effect: { evidenceSubmitted: 1 } } : {}),
  }
  return changeCase(record, act, now, change, byMerchant ? '商家提交凭证' : '买家补充凭证', [
    notice(byMerchant ? '214' : '218', dispute),
  ])
}

/** Intake → evidence wanted → (negotiation) → ruling; each when its time has run out. */
export function arbitrationOverdue(record: CaseRecord, act: Extract<Act, { what: 'overdue' }>, now: number): Outcome {
  const open = record.dispute
  if (open === null) return refuseAct('无仲裁')
  if (open.status === inArbitration && open.evidence.length === 0 && open.changedMs === open.openedMs) {
    const deadlineMs = dueAfter(now, 'evidenceWindow')
    const status = act.luck < 0.2 ? negotiation : evidenceWanted
    const dispute: Dispute = { ...open, status, changedMs: now, deadlineMs }
    return changeCase(record, { ...act, by: 'system' }, now, { dispute, dueMs: deadlineMs }, '平台要求举证', [
      notice(status === negotiation ? '218' : '213', dispute),
    ])
  }
  const forMerchant = act.luck < (open.evidence.length > 0 ? 0.6 : 0.1)
  const conclusion = forMerchant ? 2 : act.luck > 0.8 ? 3 : 1
  const ruled: Dispute = {
    ...open,
    status: forMerchant ? agentForMerchant : agentForBuyer,
    conclusion,
    changedMs: now,
    deadlineMs: null,
  }
  const verdict = notice('216', { ...ruled, status: ended })
  if (forMerchant) return close(record, act, now, '平台支持商家', { change: { dispute: ruled }, notices: [verdict] })
  const refund = refundOrdered(record, act, now, { dispute: ruled }, '平台支持买家')
  return refund.changed ? { ...refund, notices: [verdict, ...refund.notices] } : refund
}

export function withdrawnArbitration(
  record: CaseRecord,
  now: number,
): { change?: Change; notices?: readonly Notice[] } {
  if (record.dispute === null || !isOpen(record.dispute)) return {}
  const dispute: Dispute = { ...record.dispute, status: ended, changedMs: now, deadlineMs: null }
  return { change: { dispute }, notices: [notice('215', dispute)] }
}
