import type { EvidenceLimits } from '#after-sale'
import type { BackOffice, Capability, CapabilityManifest, Need } from '../contract'

const AS_OF = '2026-04-10'

const api = (note: string, needs: readonly Need[] = []): Capability => ({
  way: 'API',
  source: 'open.pinduoduo.com: after-sale API',
  asOf: AS_OF,
  note,
  needs: ['order-number', ...needs],
})

const DETAIL = 'https://mms.pinduoduo.com/aftersales-ssr/detail?id={case}&orderSn={order}'
const page = (zh: string, en: string, source: string, link?: string): BackOffice => ({
  path: { zh: `商家后台-${zh}`, en: `Merchant back office – ${en}` },
  source,
  ...(link === undefined ? {} : { link }),
})

/** The page of a case; its URL is the one that two independent public tools open. */
const CASE_PAGE = page('售后管理-退款/售后-售后详情', 'After-sale – Refund/After-sale – detail', 'R046, R049', DETAIL)
const SMALL_PAYMENT = page('售后管理-小额打款-发起打款', 'After-sale – Small payment – Start payment', 'R012')
const WORK_ORDERS = page(
  '售后管理-工单管理',
  'After-sale – Work order management',
  'R126; the address as a public tool opens it',
  'https://mms.pinduoduo.com/aftersales/work_order/list',
)
const INTERVENTION_PAGE = page(
  '订单管理-订单-售后管理-申请平台介入',
  'Order management – order – After-sale management – Apply for platform intervention',
  'R139, R140',
  DETAIL,
)
const EVIDENCE = page(
  '售后管理-退款/售后-待商家举证',
  'After-sale – Refund/After-sale – Merchant evidence',
  'R046',
  DETAIL,
)

interface CapabilityDetails {
  readonly backOffice?: BackOffice
  readonly needs?: readonly Need[]
  readonly limits?: EvidenceLimits
}

const byHand = (note?: string, { backOffice = CASE_PAGE, ...details }: CapabilityDetails = {}): Capability => ({
  way: 'ASSISTED',
  source: 'open.pinduoduo.com: after-sale API',
  asOf: AS_OF,
  ...(note === undefined ? {} : { note }),
  backOffice,
  ...details,
})

/** The limits of each block of the current appeal page. */
const APPEAL_LIMITS: EvidenceLimits = {
  textLength: 300,
  total: 5,
  pieces: { image: 3, video: 2, document: 0 },
  source: 'rules, note on R067–R080',
  asOf: AS_OF,
}

/**
 * What can be done here and how: of 288 public calls none rejects, pays, submits evidence or extends a deadline. No
 * call takes a version, so the platform does not refuse an action that was judged on an outdated application: the case
 * must be read immediately before.
 */
export const manifest: CapabilityManifest = {
  'approve-return': api('pdd.refund.returngoods.agree, with a return address of the shop', ['return-address']),
  'approve-refund': api('pdd.refund.agree; also before the goods are back'),
  'approve-exchange': byHand('no call agrees to an exchange; shipping the exchange has one'),
  'approve-resend': byHand('no call agrees to a resend; shipping it has one'),
  'approve-repair': byHand('no call agrees to a repair'),
  'ship-exchange': api('pdd.refund.exchange.shipping, for exchange and resend', ['shipment']),
  reject: byHand(undefined, { needs: ['reason', 'explanation', 'evidence'] }),
  'turn-into-refund': byHand(),
  'propose-amount': byHand(undefined, { needs: ['amount', 'text'] }),
  intercept: byHand('pdd.conso.waybill.intercept.apply exists, but no source shows what it takes'),
  'approve-refusal': byHand('the refund on refusal of the parcel is agreed in the back office'),
  'send-small-payment': byHand(undefined, { backOffice: SMALL_PAYMENT, needs: ['amount', 'text'] }),
  negotiate: byHand('on the web only, from the detail of the case', { needs: ['text'] }),
  'submit-evidence': byHand(undefined, { backOffice: EVIDENCE, needs: ['text', 'evidence'] }),
  'answer-work-order': byHand(undefined, { backOffice: WORK_ORDERS, needs: ['text', 'evidence'] }),
  'request-intervention': byHand(undefined, {
    backOffice: INTERVENTION_PAGE,
    needs: ['text', 'evidence'],
    limits: { pieces: { document: 0 }, source: 'R141', asOf: AS_OF },
  }),
  appeal: byHand(undefined, { limits: APPEAL_LIMITS, needs: ['text', 'evidence'] }),
  'withdraw-appeal': byHand(),
  'confirm-receipt': api('pdd.nextone.logistics.warehouse.update; a report, no refund', ['return-parcel']),
  'extend-time': byHand(),
  'add-remark': byHand('words go along with an agreement (operate_desc); there is no call for a remark alone', {
    needs: ['text'],
  }),
  'cancel-sending': api('pdd.rdc.pddgenius.sendgoods.cancel, before shipping only; the platform then refunds'),
}
