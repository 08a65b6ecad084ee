/** What pushes are about, by tag. An unlisted tag is unknown: reported, and kept in quarantine. */

/** Reports the case with its version. */
type Reporting = 'reports'
/** Has no `update_time`: reports only that something happened, so the case must be read. */
type Hinting = 'hints'

export const REFUND_TAGS: ReadonlyMap<string, { readonly event: string; readonly reads: Reporting | Hinting }> =
  new Map([
    ['200', { event: 'RefundCreated', reads: 'reports' }],
    ['201', { event: 'RefundAgreed', reads: 'reports' }],
    ['202', { event: 'ReturnApplyAgreed', reads: 'reports' }],
    ['203', { event: 'BuyerReturnGoods', reads: 'reports' }],
    ['204', { event: 'RefundRefused', reads: 'reports' }],
    ['205', { event: 'ReturnApplyRefused', reads: 'reports' }],
    ['206', { event: 'RefundSuccess', reads: 'reports' }],
    ['207', { event: 'RefundClosed', reads: 'reports' }],
    ['208', { event: 'RefundModified', reads: 'reports' }],
    ['209', { event: 'ExpirationChange', reads: 'hints' }],
    ['211', { event: 'ExchangeComfirmed', reads: 'reports' }],
    ['212', { event: 'ArbitrateApplied', reads: 'hints' }],
    ['213', { event: 'ArbitrateSubmiting', reads: 'hints' }],
    ['214', { event: 'ArbitrateSubmited', reads: 'hints' }],
    ['215', { event: 'ArbitrateCancelled', reads: 'hints' }],
    ['216', { event: 'ArbitrateAudited', reads: 'hints' }],
    ['217', { event: 'ArbitrateServiceIntervene', reads: 'hints' }],
    ['218', { event: 'ArbitrateDiscussUpload', reads: 'hints' }],
    ['224', { event: 'SpecialRefund', reads: 'hints' }],
    ['225', { event: 'SpecialRefundSuccess', reads: 'hints' }],
    ['226', { event: 'ResendFillLogistics', reads: 'reports' }],
    ['227', { event: 'AuditAgreeResend', reads: 'reports' }],
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

export const PROBE = '0'
