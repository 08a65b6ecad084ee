import type { Capability, CapabilityManifest } from '../contract'

const api = (note: string): Capability => ({ way: 'API', source: 'facts A2, A6', asOf: '2026-04-10', note })
const byHand = (note?: string): Capability => ({
  way: 'ASSISTED',
  source: 'facts A2',
  asOf: '2026-04-10',
  ...(note === undefined ? {} : { note }),
})

/** What can be done here and how: of 288 public calls none rejects, pays, argues or extends (facts A2, E5). */
export const manifest: CapabilityManifest = {
  'approve-return': api('pdd.refund.returngoods.agree, with a return address of the shop'),
  'approve-refund': api('pdd.refund.agree'),
  'approve-exchange': byHand('no call agrees to an exchange; shipping the exchange has one'),
  'ship-exchange': api('pdd.refund.exchange.shipping, for exchange and resend'),
  reject: byHand(),
  'turn-into-refund': byHand(),
  'propose-amount': byHand(),
  intercept: api('pdd.conso.waybill.intercept.apply'),
  'approve-refusal': byHand('the refund on refusal of the parcel is agreed in the back office'),
  'send-small-payment': byHand(),
  negotiate: byHand(),
  'submit-evidence': byHand(),
  'request-intervention': byHand(),
  appeal: byHand(),
  'confirm-receipt': api('pdd.nextone.logistics.warehouse.update'),
  'extend-time': byHand(),
  'add-remark': byHand('words go along with an agreement (operate_desc); there is no call for a remark alone'),
  'cancel-sending': api('pdd.rdc.pddgenius.sendgoods.cancel, before shipping only; the platform then refunds'),
}
