const JUDGED = '2026-11-22T04:00:00.000Z'

/** Bodies to try out on /docs; `judged` is replaced by the `revision` of the case. */
export const ACT_EXAMPLES: Record<string, { value: object }> = {
  'Approve a refund': { value: { action: { name: 'approve-refund' }, judged: JUDGED } },
  'Propose an amount': {
    value: { action: { name: 'propose-amount', amount: 3000, text: '建议退30元' }, judged: JUDGED },
  },
  Reject: {
    value: {
      action: {
        name: 'reject',
        reasonCode: '1',
        reason: '商品无质量问题',
        explanation: '出库前检查完好',
        evidence: [{ hash: 'a'.repeat(64), kind: 'image' }],
      },
      judged: JUDGED,
      facts: { chatExists: true, sevenDayGoods: true },
    },
  },
}

/** A batch; each item has its own case and its own id. */
export const BATCH_EXAMPLES: Record<string, { value: object }> = {
  'Approve a refund and a return': {
    value: {
      items: ['approve-refund', 'approve-return'].map((name, n) => ({
        caseId: `0c0c0c0c-0000-4000-8000-00000000000${n + 1}`,
        intent: `1d1d1d1d-0000-4000-8000-00000000000${n + 1}`,
        action: { name },
        judged: JUDGED,
      })),
    },
  },
}
