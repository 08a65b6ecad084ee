import type { TextTemplate } from './template'

/** Messages that can be sent with one click (R100). */
export type TemplateName =
  | 'interception'
  | 'howToRefuse'
  | 'refundAfterRefusal'
  | 'stayWithUs'
  | 'smallPayment'
  | 'negotiationOffer'
  | 'evidenceInvitation'
  | 'exchangeOffer'
  | 'returnFreight'
  | 'returnCard'
  | 'returnAddress'
  | 'parcelTrouble'
  | 'makeItGood'
  | 'lessRefund'
  | 'groupWaits'
  | 'refundOnItsWay'
  | 'allowance'
  | 'soonWithYou'

/** Every ready-made text. All of them pass our own linter; what a person adds is linted again (R127). */
export const TEMPLATES: Readonly<Record<TemplateName, TextTemplate>> = {
  interception: {
    rules: ['R002', 'R003', 'R004'],
    title: { zh: '告知正在拦截快递', en: 'The parcel is being intercepted' },
    body: '亲，您的包裹我们正在联系快递拦截，您无需拒收。拦截成功后商品会退回我们这里，款项会尽快原路退回，请您留意。',
  },
  howToRefuse: {
    rules: ['R008', 'R009', 'R117'],
    title: { zh: '告知如何拒收', en: 'How to refuse the parcel' },
    body: '亲，抱歉给您带来不好的体验。由于商品正在运输途中，已无法拦截，建议您关注物流，在快递员派送时向快递员说明“这个快递不要了，我要拒收”。我们也会通知快递退回。',
  },
  refundAfterRefusal: {
    rules: ['R006', 'R008', 'R010'],
    title: { zh: '告知拒收后退款', en: 'When the money comes after a refusal' },
    body: '待物流显示退回信息之后，会为您处理退款，请您耐心等待，无需重复申请。谢谢您的理解与支持。',
  },
  stayWithUs: {
    rules: ['R021'],
    title: { zh: '挽留', en: 'Before the buyer returns it' },
    body: '亲，方便告诉我们哪里不满意吗？如果愿意留下商品，我们可以为您换货，或者补偿{amount}元，由您选择。',
  },
  smallPayment: {
    rules: ['R011'],
    title: { zh: '小额打款说明', en: 'What the small payment is for' },
    body: '亲，按与您协商的结果，补偿款已为您发起，请留意查收。感谢您的理解，祝您生活愉快。',
  },
  negotiationOffer: {
    rules: ['R019', 'R048', 'R051'],
    title: { zh: '协商方案', en: 'An offer before anything is rejected' },
    body: '亲，您的售后申请我们已收到。经核实，情况是：{finding}。我们的方案是：{offer}。您看是否可以？请在平台内回复，我们会马上处理。',
  },
  evidenceInvitation: {
    rules: ['R048', 'R054'],
    title: { zh: '邀请买家举证', en: 'Ask the buyer to show it' },
    body: '亲，为了尽快为您处理，请在售后单内上传{wanted}的照片或视频，我们核实后马上答复您。',
  },
  exchangeOffer: {
    rules: ['R085', 'R086'],
    title: { zh: '优先换货', en: 'An exchange instead of a refund' },
    body: '亲，非常抱歉。我们可以优先为您换货或补发，寄回的运费由我们承担，收到后补给您。您愿意换货吗？',
  },
  returnFreight: {
    rules: ['R086'],
    title: { zh: '补退回运费', en: 'The return freight is paid back' },
    body: '亲，您寄回商品的运费已通过小额打款补给您，请留意查收，换货商品会尽快寄出。',
  },
  returnCard: {
    rules: ['R087'],
    title: { zh: '包裹内售后卡片', en: 'The card in the parcel' },
    body: '如需退换货，请先在订单内申请售后，等我们确认退货地址后再寄回，并填写快递单号。请勿直接按面单地址寄回。我们会在{hours}小时内处理。',
  },
  returnAddress: {
    rules: ['R063'],
    title: { zh: '告知退货地址', en: 'Where to send it' },
    body: '亲，退货申请已同意。请按售后单内显示的退货地址寄回，不要寄到包裹上的地址，寄出后请填写快递单号。',
  },
  parcelTrouble: {
    rules: ['R095'],
    title: { zh: '物流异常告知', en: 'Parcel problem, proactive message' },
    body: '亲，您的包裹物流出现异常：{trouble}。我们已联系快递处理，预计{date}前有结果，会第一时间告诉您。',
  },
  makeItGood: {
    rules: ['R096'],
    title: { zh: '描述不符时的补救', en: 'When a promise was not kept' },
    body: '亲，给您带来不便非常抱歉。针对您反映的“{problem}”，我们愿意{remedy}，请问您是否接受？',
  },
  lessRefund: {
    rules: ['R174'],
    title: { zh: '协商退款金额', en: 'Another amount' },
    body: '亲，因{cause}，我们建议的退款金额为{amount}元。如您同意，请在售后单内修改退款金额后重新提交，我们会尽快处理。',
  },
  groupWaits: {
    rules: ['R109', 'R110', 'R111'],
    title: { zh: '未成团说明', en: 'The group has not formed yet' },
    body: '亲，该订单尚未成团，暂时不能申请退款。若到时仍未成团，系统会自动退款；成团后您也可以申请仅退款，或联系平台客服处理。',
  },
  refundOnItsWay: {
    rules: ['R112', 'R113', 'R114', 'R115', 'R116'],
    title: { zh: '退款到账时间', en: 'When the refund arrives' },
    body: '亲，退款已同意，将按{method}退回，预计{date}前到账，如遇法定节假日会有延迟，请您留意。',
  },
  allowance: {
    rules: ['R130', 'R131', 'R132'],
    title: { zh: '退货运费补贴', en: 'The freight allowance' },
    body: '亲，退货包裹的运费补贴由平台承担，金额以平台核算为准，一般在同意退货并提供退货地址后{hours}小时内打到您的账户。',
  },
  soonWithYou: {
    rules: ['R093', 'R100'],
    title: { zh: '安抚与快捷回复', en: 'A quick, calming answer' },
    body: '亲，您先别着急哦，您的问题我们已经在处理啦，{time}之前一定给您答复，辛苦您稍等一下下。',
  },
}
