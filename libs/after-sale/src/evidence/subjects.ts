import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'

/** The form of a piece of evidence. */
export type EvidenceKind = 'image' | 'video' | 'document'

/** What a piece of evidence shows. Declared by the person who adds it; it cannot be derived from the bytes. */
export type EvidenceSubject =
  | 'chat-record'
  | 'return-address-notice'
  | 'stamped-proof'
  | 'delivery-slip'
  | 'third-party-voucher'
  | 'tracking-number'
  | 'unboxing-video'
  | 'goods-picture'
  | 'payment-record'

interface SubjectTerm extends Term {
  readonly rule: RuleId
  readonly kinds: readonly EvidenceKind[]
  /** It shows something that happens after the application, so a piece made earlier does not count (R143). */
  readonly madeAfterApplication: boolean
}

const STILL_KINDS: readonly EvidenceKind[] = ['image', 'document']
const ANY: readonly EvidenceKind[] = ['image', 'video', 'document']

/** The name of each subject, its rule, and what kinds of pieces can show it. */
export const EVIDENCE_SUBJECTS: Readonly<Record<EvidenceSubject, SubjectTerm>> = {
  'chat-record': { zh: '聊天记录', en: 'chat record', rule: 'R031', kinds: ANY, madeAfterApplication: false },
  'return-address-notice': {
    zh: '退货地址告知记录',
    en: 'notice of the return address',
    rule: 'R063',
    kinds: STILL_KINDS,
    madeAfterApplication: false,
  },
  'stamped-proof': {
    zh: '物流公司盖章证明',
    en: "proof with the carrier's stamp",
    rule: 'R124',
    kinds: STILL_KINDS,
    madeAfterApplication: false,
  },
  'delivery-slip': {
    zh: '快递底单/发货单',
    en: 'courier receipt or delivery slip',
    rule: 'R124',
    kinds: STILL_KINDS,
    madeAfterApplication: false,
  },
  'third-party-voucher': {
    zh: '其他第三方凭证',
    en: 'other third-party voucher',
    rule: 'R124',
    kinds: ANY,
    madeAfterApplication: false,
  },
  'tracking-number': {
    zh: '物流单号',
    en: 'tracking number',
    rule: 'R141',
    kinds: STILL_KINDS,
    madeAfterApplication: false,
  },
  'unboxing-video': {
    zh: '退货开箱视频',
    en: 'video of unpacking the return',
    rule: 'R173',
    kinds: ['video'],
    madeAfterApplication: true,
  },
  'goods-picture': {
    zh: '商品照片',
    en: 'picture of the goods',
    rule: 'R141',
    kinds: ANY,
    madeAfterApplication: false,
  },
  'payment-record': {
    zh: '扣款/退款记录',
    en: 'record of the deduction or refund',
    rule: 'R078',
    kinds: STILL_KINDS,
    madeAfterApplication: false,
  },
}
