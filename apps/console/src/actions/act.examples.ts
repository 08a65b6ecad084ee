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
