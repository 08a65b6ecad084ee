import type { Term } from '../../glossary/vocabulary'

/** Why an action is refused; `ACTION_REFUSALS` has the texts for people. */
export type ActionRefusal =
  | 'AlreadyFinished'
  | 'AlreadyDecided'
  | 'AnotherUnderWay'
  | 'JudgedOldRevision'
  | 'JudgedUnseenRevision'
  | 'NotForThisKind'
  | 'NotInThisStatus'
  | 'NotOfferedHere'
  | 'PlatformDecides'
  | 'NoSuchIntent'
  | 'NotAwaitingAttestation'
  | 'ReturnAddressMissing'
  | 'ReasonMissing'
  | 'ExplanationMissing'
  | 'EvidenceMissing'
  | 'EvidenceNotToStandard'
  | 'EvidenceClosed'
  | 'NotNegotiatedYet'
  | 'BuyerMayStillReply'
  | 'GroupNotFormed'
  | 'OnlyWhenDelivered'
  | 'TooLateToIntercept'
  | 'CategoryDoesNotAllow'
  | 'AmountMissing'
  | 'AmountTooHigh'
  | 'OnlyTheBuyerChangesTheAmount'
  | 'AppealQuotaUsed'
  | 'NothingToAppeal'
  | 'FreeShippingHasNoFreight'
  | 'AppealItemTwice'
  | 'AppealBoundToFail'
  | 'AmountNotExact'
  | 'NoSuchAppeal'
  | 'InTheFuture'
  | 'NoGroundsToIntervene'
  | 'NotTriedYourselfYet'
  | 'TextNotAllowed'
  | 'BudgetExhausted'
  | 'MustBeConfirmed'

/** The text of each refusal, in both languages. */
export const ACTION_REFUSALS: Readonly<Record<ActionRefusal, Term>> = {
  AlreadyFinished: { zh: '售后已结束', en: 'the case is finished' },
  AlreadyDecided: { zh: '已经处理过', en: 'this was decided already' },
  AnotherUnderWay: { zh: '另一操作正在进行', en: 'another action of this case is under way' },
  JudgedOldRevision: { zh: '售后已更新，请重新查看', en: 'the case has changed since it was viewed; reload it' },
  JudgedUnseenRevision: {
    zh: '该版本从未显示过，请使用售后单上显示的更新时间',
    en: 'this case has never shown that revision; give the `revision` that it shows',
  },
  NotForThisKind: { zh: '该售后类型不支持此操作', en: 'not possible for this kind of case' },
  NotInThisStatus: { zh: '当前状态不支持此操作', en: 'not possible in this status' },
  NotOfferedHere: { zh: '该平台没有此操作', en: 'this marketplace does not have this action' },
  PlatformDecides: { zh: '平台处理中，商家不能操作', en: 'the platform is deciding; the merchant cannot act' },
  NoSuchIntent: { zh: '没有这个操作', en: 'there is no such action' },
  NotAwaitingAttestation: { zh: '该操作无需确认', en: 'this action waits for no attestation' },
  ReturnAddressMissing: { zh: '未填写退货地址', en: 'no return address is given' },
  ReasonMissing: { zh: '未填写拒绝原因', en: 'a reason is needed' },
  ExplanationMissing: { zh: '未填写说明', en: 'an explanation is needed' },
  EvidenceMissing: { zh: '未上传凭证', en: 'evidence is needed' },
  EvidenceNotToStandard: { zh: '凭证不符合要求', en: 'the evidence is not to standard' },
  EvidenceClosed: { zh: '举证已截止', en: 'evidence is no longer accepted' },
  NotNegotiatedYet: { zh: '请先与买家协商', en: 'talk to the buyer first' },
  BuyerMayStillReply: { zh: '请等待买家回复', en: 'the buyer may still reply' },
  GroupNotFormed: { zh: '尚未成团', en: 'the group is not formed yet' },
  OnlyWhenDelivered: { zh: '签收后才可操作', en: 'only once the goods are delivered' },
  TooLateToIntercept: { zh: '已无法拦截', en: 'too late to intercept' },
  CategoryDoesNotAllow: { zh: '该类目不支持', en: 'the category does not allow it' },
  AmountMissing: { zh: '未填写金额', en: 'an amount is needed' },
  AmountTooHigh: { zh: '金额超出上限', en: 'the amount is too high' },
  OnlyTheBuyerChangesTheAmount: { zh: '金额只能由买家修改', en: 'only the buyer changes the amount' },
  AppealQuotaUsed: { zh: '申诉次数已用完', en: 'no appeals are left' },
  NothingToAppeal: { zh: '没有可申诉的内容', en: 'there is nothing to appeal' },
  FreeShippingHasNoFreight: { zh: '包邮商品不支持运费申诉', en: 'free shipping has no freight to claim' },
  AppealItemTwice: { zh: '申诉项重复', en: 'an item is claimed twice' },
  AppealBoundToFail: { zh: '申诉注定失败', en: 'the appeal is bound to fail' },
  NoSuchAppeal: { zh: '没有这项申诉', en: 'there is no such appeal' },
  InTheFuture: { zh: '时间晚于现在', en: 'that time has not come yet' },
  AmountNotExact: { zh: '金额不准确', en: 'the amount is not exact' },
  NoGroundsToIntervene: { zh: '不符合申请介入的情形', en: 'there are no grounds to ask the platform to step in' },
  NotTriedYourselfYet: { zh: '请先自行协商解决', en: 'try to settle it yourself first' },
  TextNotAllowed: { zh: '文字含违规内容', en: 'the text is not allowed' },
  BudgetExhausted: { zh: '额度已用完', en: 'the budget is used up' },
  MustBeConfirmed: { zh: '请确认风险提示', en: 'the warnings must be confirmed' },
}

/** What a person must know and confirm before the action is done. */
export type ActionWarning =
  | 'GoodsSentBack'
  | 'TraceStalled'
  | 'SevenDayGoods'
  | 'NoChatYet'
  | 'BuyerMayEscalate'
  | 'CannotBeToldApart'
  | 'PlatformWillDoIt'
  | 'AppealLikelyFails'
  | 'LastAppeals'
  | 'ContactBuyerFirst'
  | 'ChangesNoRate'
  | 'ClaimsNoMoney'
  | 'MayCountAsDispute'
  | 'ExchangeFirst'
  | 'TextNamesOutside'
  | 'PaidUnknown'

/** The text of each warning, in both languages. */
export const ACTION_WARNINGS: Readonly<Record<ActionWarning, Term>> = {
  GoodsSentBack: { zh: '买家已寄回商品', en: 'the goods are on their way back' },
  TraceStalled: { zh: '物流停滞', en: 'the parcel has not moved for long' },
  SevenDayGoods: { zh: '商品支持七天无理由', en: 'the goods can be returned without reason' },
  NoChatYet: { zh: '尚无沟通记录', en: 'the buyer has not been contacted yet' },
  BuyerMayEscalate: { zh: '拒绝后买家可申请平台介入', en: 'once rejected, the buyer may ask the platform to step in' },
  CannotBeToldApart: { zh: '事实不足，请核实', en: 'a fact that decides this is unknown' },
  PlatformWillDoIt: { zh: '平台将自动处理', en: 'the platform will do it by itself' },
  AppealLikelyFails: { zh: '申诉可能失败', en: 'the appeal is likely to fail' },
  LastAppeals: { zh: '剩余申诉次数不多', en: 'few failures are left before appeals close' },
  ContactBuyerFirst: { zh: '请先联系买家', en: 'contact the buyer first' },
  ChangesNoRate: { zh: '不影响已计入的指标', en: 'does not change what is counted already' },
  TextNamesOutside: { zh: '文字提及站外内容', en: 'the text names something outside the platform' },
  ClaimsNoMoney: { zh: '不追回钱款', en: 'claims no money back' },
  MayCountAsDispute: {
    zh: '平台判商家责任时计入纠纷退款',
    en: 'counts as a dispute refund if the platform rules for the buyer',
  },
  PaidUnknown: { zh: '买家实付金额未知', en: 'what the buyer paid is unknown' },
  ExchangeFirst: { zh: '可优先换货', en: 'an exchange may settle it' },
}
