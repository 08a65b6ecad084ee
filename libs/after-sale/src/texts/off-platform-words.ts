/** What a text may not lead the buyer to (R127). */
export type OffPlatformKind = 'other-platform' | 'chat-account' | 'contact-number' | 'link' | 'other-payment'

/** What must, or must not, follow a word for it to count. */
export type RequiredSuffix = 'anything' | 'account' | 'not-payment' | 'no-letter'

export interface OffPlatformWord {
  /** Lower case, without spaces: it is compared with the squeezed text. */
  readonly word: string
  readonly kind: OffPlatformKind
  /** `account`: only before a letter, a digit or 号; `not-payment`: paying with it at the platform is nothing wrong. */
  readonly followedBy: RequiredSuffix
}

const wordsOfKind = (kind: OffPlatformKind, followedBy: RequiredSuffix, list: string): readonly OffPlatformWord[] =>
  list.split(' ').map((word) => ({ word, kind, followedBy }))

/** What follows 微信 where the text only says how the order was paid (R112). */
export const PAYMENT_SUFFIXES: readonly string[] = [
  '支付',
  '付款',
  '零钱',
  '钱包',
  '账单',
  '退款',
  '原路',
  '到账',
  '扣款',
]

/** What comes right after the name of a marketplace when its carrier is meant. */
export const CARRIER_SUFFIXES: readonly string[] = ['快递', '物流', '速递', '配送', '快运']

/**
 * The usual names of chat accounts and of ways to trade outside the platform, and how they are disguised. Latin ones
 * must be whole words, for `wx` and `qq` occur in article numbers.
 */
export const OFF_PLATFORM_WORDS: readonly OffPlatformWord[] = [
  ...wordsOfKind('chat-account', 'not-payment', '微信'),
  ...wordsOfKind('chat-account', 'anything', '薇信 徽信 溦信 威芯 微芯 微同 v信 v心 v芯 公众号 企微'),
  ...wordsOfKind(
    'chat-account',
    'anything',
    '加微信 加我微 加个微 加薇 加徽 加威信 加卫星 +薇 +威信 +卫星 扫码加 加好友 加我好友 加群 进群 私聊我',
  ),
  ...wordsOfKind('chat-account', 'account', '加微 +微 加扣 +扣 卫星 威信'),
  ...wordsOfKind('chat-account', 'anything', '扣扣 企鹅号 秋秋号 球球号 q群'),
  ...wordsOfKind('chat-account', 'no-letter', 'vx wx qq weixin wechat telegram whatsapp 加v 加q +v +q'),
  ...wordsOfKind('contact-number', 'anything', '打我电话 留个电话 手机同号'),
  ...wordsOfKind(
    'other-payment',
    'anything',
    '微信转账 支付宝转账 银行卡转账 收款码 私下交易 私下转 线下交易 线下付款 走线下 绕开平台 不走平台',
  ),
]
