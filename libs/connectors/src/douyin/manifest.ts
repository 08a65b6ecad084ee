import type { Action, Capability, CapabilityManifest, Way } from '../contract'

/** The day of the platform's own generated SDK that names these calls; later sources contradict none of them. */
const AS_OF = '2023-06-03'

const api = (source: string, note: string): Capability => ({ way: 'API', source, asOf: AS_OF, note })
const without = (way: Exclude<Way, 'API'>, note: string): Capability => ({ way, source: 'facts B2', asOf: AS_OF, note })

/** What can be done at Douyin, and how (facts B2, B4). */
export const manifest: CapabilityManifest = {
  'approve-return': api('facts B4', 'operate 101, 601'),
  'approve-refund': api('facts B4', 'operate 111, 201, 401'),
  'approve-exchange': api('facts B4', 'operate 301, 501 (resend)'),
  'ship-exchange': api('facts B4', 'operate 311, 611; fillLogistics for resends'),
  reject: api(
    'facts B4',
    'operate 102, 112, 202, 302, 312, 502, 603, 612; before shipping there is none: ship the order (E13)',
  ),
  'turn-into-refund': api('facts B4', 'operate 121, 321, 621'),
  'propose-amount': without('ASSISTED', 'no public call; the back office has negotiated plans'),
  intercept: api('facts B2', 'applyLogisticsIntercept'),
  'approve-refusal': api('facts B4', 'operate 203'),
  'send-small-payment': without('ASSISTED', 'no public call'),
  negotiate: without('ASSISTED', 'no public call; the course of it is pushed by tag 218'),
  'submit-evidence': api('facts B2', 'submitEvidence, at most four pictures'),
  'request-intervention': without('OBSERVE_ONLY', 'the buyer asks; pushed by tag 212'),
  appeal: without('ASSISTED', 'no public call'),
  'confirm-receipt': api(
    'facts B2',
    'returnGoodsToWareHouseSuccess; refunds only with the assistant switched on (E14)',
  ),
  'extend-time': api('facts B2', 'timeExtend'),
  'add-remark': api('facts B2', 'addOrderRemark'),
  'cancel-sending': api('facts B2', 'CancelSendGoodsSuccess'),
} satisfies Record<Action, Capability>
