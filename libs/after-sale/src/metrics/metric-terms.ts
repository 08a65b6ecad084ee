import type { MetricTerm } from './share'

/** Every figure that the model can count. */
export type MetricName =
  | 'disputeRefunds'
  | 'interventions'
  | 'interventionsAfterRejecting'
  | 'qualityReturns'
  | 'experienceNeutral'
  | 'complaintsByCause'
  | 'casesByArticle'
  | 'casesByCarrier'
  | 'refundedBySilence'
  | 'lostBySilence'
  | 'firstAnswers'
  | 'handlingTimes'
  | 'selfCompletionTimes'
  | 'settledWhileWithPlatform'
  | 'appealWins'
  | 'recoveredMoney'
  | 'smallPayments'

const metricTerm = (
  zh: string,
  en: string,
  countsZh: string,
  countsEn: string,
  ...rules: MetricTerm['rules']
): MetricTerm => ({
  zh,
  en,
  counts: { zh: countsZh, en: countsEn },
  rules,
})

/** The name of each figure and what exactly it counts, to be shown beside the figure. */
export const METRICS: Readonly<Record<MetricName, MetricTerm>> = {
  disputeRefunds: metricTerm(
    '纠纷退款',
    'Dispute refunds',
    '平台判买家胜且判责申诉未成功的售后单',
    'ruled for the buyer, and no liability appeal won',
    'R018',
    'R067',
    'R072',
  ),
  interventions: metricTerm(
    '平台介入率',
    'Interventions',
    '平台曾介入的售后单占比',
    'share of cases in which the platform ever stepped in',
    'R047',
  ),
  interventionsAfterRejecting: metricTerm(
    '驳回后介入率',
    'Interventions after rejecting',
    '商家驳回后平台介入的占比',
    'share of rejected cases that were escalated to the platform',
    'R047',
    'R090',
  ),
  qualityReturns: metricTerm(
    '品质退货率',
    'Quality returns',
    '按首次原因计的品质类退换货占比',
    'returns and exchanges whose first reason is quality',
    'R172',
  ),
  experienceNeutral: metricTerm(
    '不影响体验分占比',
    'Neutral for the experience score',
    '无理由与其他类原因的占比',
    'cases with reason "no reason" or "other"',
    'R162',
  ),
  complaintsByCause: metricTerm(
    '投诉原因',
    'Complaints by cause',
    '升级至平台的售后单按原因计',
    'cases escalated to the platform, by cause',
    'R094',
    'R096',
  ),
  casesByArticle: metricTerm(
    '商品问题占比',
    'Cases by article',
    '按商品计的品质或描述问题占比',
    'share of cases about quality or description, by article',
    'R098',
    'R099',
  ),
  casesByCarrier: metricTerm(
    '快递售后数',
    'Cases by carrier',
    '按发货快递计的售后单数',
    'cases by the carrier of the outbound parcel',
    'R101',
  ),
  refundedBySilence: metricTerm(
    '超时自动退款',
    'Refunded by silence',
    '商家超时未处理而退款的占比',
    'share of ended cases refunded because the merchant did not respond',
    'R044',
  ),
  lostBySilence: metricTerm(
    '超时自动退款金额',
    'Lost by silence',
    '商家超时未处理而实际退款的金额；平台未告知的按同意或申请金额另列',
    'money actually refunded because the merchant did not respond; where it is not reported, the agreed or requested amount is listed separately',
    'R044',
  ),
  firstAnswers: metricTerm(
    '首次响应时长',
    'First answer',
    '申请至商家首次操作',
    'from the application to the first action of the merchant',
    'R031',
    'R089',
  ),
  handlingTimes: metricTerm('处理时长', 'Handling time', '申请至售后结束', 'from the application to the end', 'R089'),
  selfCompletionTimes: metricTerm(
    '自主完结时长',
    'Handling time without the platform',
    '无平台介入且未超时的处理时长',
    'handling time where the platform neither stepped in nor closed it on timeout',
    'R048',
  ),
  settledWhileWithPlatform: metricTerm(
    '介入期间自行和解',
    'Settled during an intervention',
    '平台介入后未判而结束的占比',
    'taken up by the platform and ended without a ruling',
    'R146',
  ),
  appealWins: metricTerm(
    '申诉成功率',
    'Appeals won',
    '按申诉项计，部分成功视为成功',
    'by appeal item; a partial win counts as a win',
    'R067',
    'R070',
    'R084',
  ),
  recoveredMoney: metricTerm(
    '申诉追回金额',
    'Money recovered',
    '货款、运费与其他申诉追回的金额',
    'recovered by appeals for goods, freight and other',
    'R070',
  ),
  smallPayments: metricTerm(
    '小额打款金额',
    'Small payments',
    '已生效的小额打款',
    'small payments that took effect',
    'R011',
    'R086',
  ),
}
