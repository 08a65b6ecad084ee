/** What pushes are about, by tag. An unlisted tag is unknown: reported, and kept in quarantine. */

/** Reports the case with its version. */
type ReportsCase = 'reports'
/** Has no `update_time`: reports only that something happened, so the case must be read. */
type IsHint = 'hints'

export const REFUND_TAGS: ReadonlyMap<string, { readonly event: string; readonly content: ReportsCase | IsHint }> =
  new Map([
    ['200', { event: 'RefundCreated', content: 'reports' }],
    ['201', { event: 'RefundAgreed', content: 'reports' }],
    ['202', { event: 'ReturnApplyAgreed', content: 'reports' }],
    ['203', { event: 'BuyerReturnGoods', content: 'reports' }],
    ['204', { event: 'RefundRefused', content: 'reports' }],
    ['205', { event: 'ReturnApplyRefused', content: 'reports' }],
    ['206', { event: 'RefundSuccess', content: 'reports' }],
    ['207', { event: 'RefundClosed', content: 'reports' }],
    ['208', { event: 'RefundModified', content: 'reports' }],
    ['209', { event: 'ExpirationChange', content: 'hints' }],
    ['211', { event: 'ExchangeComfirmed', content: 'reports' }],
    ['212', { event: 'ArbitrateApplied', content: 'hints' }],
    ['213', { event: 'ArbitrateSubmiting', content: 'hints' }],
    ['214', { event: 'ArbitrateSubmited', content: 'hints' }],
    ['215', { event: 'ArbitrateCancelled', content: 'hints' }],
    ['216', { event: 'ArbitrateAudited', content: 'hints' }],
    ['217', { event: 'ArbitrateServiceIntervene', content: 'hints' }],
    ['218', { event: 'ArbitrateDiscussUpload', content: 'hints' }],
    ['224', { event: 'SpecialRefund', content: 'hints' }],
    ['225', { event: 'SpecialRefundSuccess', content: 'hints' }],
    ['226', { event: 'ResendFillLogistics', content: 'reports' }],
    ['227', { event: 'AuditAgreeResend', content: 'reports' }],
  ])

/** Known, and not about after-sale. */
export const OTHER_TAGS: ReadonlyMap<string, string> = new Map([
  ['0', 'a probe of the address'],
  ['100', 'trade: TradeCreate'],
  ['101', 'trade: TradePaid'],
  ['102', 'trade: SellerShip'],
  ['103', 'trade: Success'],
  ['104', 'trade: LogisticsChanged'],
  ['105', 'trade: AddressChanged'],
  ['106', 'trade: Canceled'],
  ['108', 'trade: PartlySellerShip'],
  ['109', 'trade: AmountChanged'],
  ['110', 'trade: TradePending'],
  ['111', 'trade: AddressChangeApplied'],
  ['112', 'trade: Appointment'],
  ['113', 'trade: MemoModify'],
  ['126', 'trade: delivery time changed'],
  ['400', 'product: ProductChange'],
  ['417', 'product: ProductInfoChange'],
])

/** The tag of the message that Douyin sends when the URL for pushes is saved. */
export const PROBE_TAG = '0'
