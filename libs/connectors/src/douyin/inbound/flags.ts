import type { Json } from '../../contract'
import { asArray, asInteger, asObject, asText } from '../../contract'
import { claimedLines } from './order'

export interface FlagFacts {
  readonly autoAudit: Json | undefined
  readonly refundType: Json | undefined
  readonly partType: Json | undefined
  readonly refusalSign: Json | undefined
  readonly risk: Json | undefined
  readonly lines: Json | undefined
}

/**
 * Douyin's flags, sorted. Reported only from the list, the only source that has all of them: the detail's `refund_type`
 * is another field, its tags are those of the goods, and which others it has depends on its version. An incomplete set
 * would replace the complete one. Reported only where `auto_audit_bits` is present. "Fast refund" has no field of its
 * own.
 */
export function flagsOf(facts: FlagFacts): readonly string[] | undefined {
  if (!Array.isArray(facts.autoAudit)) return undefined
  const bits = bitsOf(facts.autoAudit)
  const refundType = asInteger(facts.refundType)
  const refusalSign = asInteger(facts.refusalSign) ?? 0
  const flags = new Set(bits.map((bit) => `auto-audit:${bit}`))
  if (refundType === 1 || refundType === 3 || isFastRefund(facts.autoAudit)) flags.add('speed-refund')
  if (refundType === 4 || bits.includes(4)) flags.add('lightning-return')
  if (bits.includes(2)) flags.add('assistant:refund-agreed')
  if (bits.includes(7)) flags.add('assistant:return-agreed')
  const risk = asInteger(facts.risk) ?? 0
  if (risk !== 0) flags.add(`risk:${RISK_NAMES[risk] ?? risk}`)
  if (asInteger(facts.partType) === 1) flags.add('part')
  if (refusalSign > 0) flags.add(`refusal-sign:${refusalSign}`)
  if (claimedLines(facts.lines).some((line) => asArray(line.tags).some(isSevenDayReturnTag)))
    flags.add('seven-day-return')
  return [...flags].sort()
}

/** Fast refund before (1, 21) and after shipping (3, 27). */
const FAST_REFUND_BITS: ReadonlySet<number> = new Set([1, 3, 21, 27])

const bitsOf = (bits: Json | undefined): readonly number[] =>
  asArray(bits)
    .map(asInteger)
    .filter((bit) => bit !== undefined)

export const isFastRefund = (autoAudit: Json | undefined): boolean =>
  bitsOf(autoAudit).some((bit) => FAST_REFUND_BITS.has(bit))

/** As the list's filter names them; 0 means not judged. */
const RISK_NAMES: Readonly<Record<number, string>> = { [-1]: 'ok', 1: 'abnormal' }

const isSevenDayReturnTag = (tag: Json): boolean =>
  asText(asObject(tag)?.['tag_detail_en'], 60) === 'supply_7day_return'
