import type { EvidenceLimits } from '#after-sale'
import type { BackOffice, Capability, CapabilityManifest, Need } from '../contract'

/** The day of the platform's own generated SDK that names these calls; later sources contradict none of them. */
const AS_OF = '2023-06-03'

interface CapabilityDetails {
  readonly needs?: readonly Need[]
  readonly limits?: EvidenceLimits
}

/** An action by `afterSale.operate`: one item per call, since a batch fails as a whole. It checks the version. */
const operate = (note: string, details: CapabilityDetails = {}): Capability => ({
  way: 'API',
  source: 'op.jinritemai.com: after-sale API',
  asOf: AS_OF,
  note: `operate ${note}`,
  versioned: true,
  batch: 1,
  ...details,
})
/** An action by a separate call, which checks no version. */
const call = (note: string, details: CapabilityDetails = {}): Capability => ({
  way: 'API',
  source: 'op.jinritemai.com: after-sale API',
  asOf: AS_OF,
  note,
  ...details,
})

const WORKBENCH: BackOffice = {
  path: { zh: '抖店后台-售后-售后工作台', en: 'Doudian back office – After-sale – After-sale workbench' },
  link: 'https://fxg.jinritemai.com/ffa/maftersale/aftersale/detail-v3?aftersale_id={case}',
  source: 'R166; the address as two independent public tools open it',
}
const byHand = (note: string): Capability => ({
  way: 'ASSISTED',
  source: 'op.jinritemai.com: after-sale API',
  asOf: AS_OF,
  note,
  backOffice: WORKBENCH,
})

/** Video is newer than the oldest note, which calls it not supported yet; sound and text are not shown. */
const REJECTION_LIMITS: EvidenceLimits = {
  pieces: { document: 0 },
  source: 'op.jinritemai.com: after-sale API',
  asOf: AS_OF,
}
const ARBITRATION_LIMITS: EvidenceLimits = {
  total: 4,
  pieces: { video: 0, document: 0 },
  source: 'op.jinritemai.com: after-sale API',
  asOf: AS_OF,
}

/** What can be done at Douyin, and how. */
export const manifest: CapabilityManifest = {
  'approve-return': operate('101', { needs: ['return-address'] }),
  'approve-refund': operate('111, 201, 401'),
  'approve-exchange': operate('301', { needs: ['return-address'] }),
  'approve-resend': operate('501'),
  'approve-repair': operate('601 with sending back, 602 without', { needs: ['return-address'] }),
  'ship-exchange': operate('311, 611; fillLogistics for resends, which checks no version', { needs: ['shipment'] }),
  reject: operate('102, 112, 202, 302, 312, 502, 603, 612; before shipping there is none: ship the order', {
    needs: ['reason', 'reason-code', 'explanation'],
    limits: REJECTION_LIMITS,
  }),
  'turn-into-refund': operate('121, 321, 621'),
  'propose-amount': byHand('no public call; the back office has negotiated plans'),
  intercept: call('applyLogisticsIntercept', { needs: ['shipment'] }),
  'approve-refusal': operate('203'),
  'send-small-payment': byHand('no public call'),
  negotiate: byHand('no public call; the course of it is pushed by tag 218'),
  'submit-evidence': call('submitEvidence, at most four pictures', {
    needs: ['text', 'evidence'],
    limits: ARBITRATION_LIMITS,
  }),
  'answer-work-order': byHand('no public call'),
  'request-intervention': {
    way: 'OBSERVE_ONLY',
    source: 'op.jinritemai.com: after-sale API',
    asOf: AS_OF,
    note: 'the buyer asks; pushed by tag 212',
  },
  appeal: byHand('no public call'),
  'withdraw-appeal': byHand('no public call'),
  'confirm-receipt': call('returnGoodsToWareHouseSuccess; refunds only with the assistant switched on', {
    needs: ['return-parcel'],
  }),
  'extend-time': call('timeExtend'),
  'add-remark': call('addOrderRemark; two equal remarks are two remarks', { needs: ['text'] }),
  'cancel-sending': call('CancelSendGoodsSuccess, before shipping; refunds only with the assistant switched on'),
}
