import type { AfterSaleCase } from './case'
import type { Fen } from './facets'
import { isFinal } from './turn'

/** Fen as people write it: `1234` → `12.34`. */
export const yuanOf = (fen: Fen): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/**
 * What the merchant can still lose on this case, in fen: all that is asked while the case is open and not paid yet.
 * Money that the platform advanced stays at risk until the case ends (R148: it is advanced, not given).
 */
export function amountAtRiskOf(file: AfterSaleCase): Fen {
  if (isFinal(file) || file.amounts === undefined) return 0
  const stage = file.money?.stage
  return stage === 'refunded' || stage === 'recovered' ? 0 : file.amounts.total
}
