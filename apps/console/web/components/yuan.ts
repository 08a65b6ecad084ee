/** `¥1,234.05` from integer fen; undefined if the amount is unknown. */
export function yuanText(fen: number | null | undefined): string | undefined {
  if (fen === null || fen === undefined || !Number.isSafeInteger(fen)) return undefined
  const whole = Math.trunc(Math.abs(fen) / 100)
  const rest = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${fen < 0 ? '−' : ''}¥${whole.toLocaleString('en-US')}.${rest}`
}

/** Fen of what a person typed in yuan (`12`, `12.5`, `12.05`); undefined if it is no amount. */
export function fenOfYuan(typed: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.replace(/[¥￥,\s]/g, ''))
  if (match === null) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** What a field shows for an amount in fen: `12.50`. */
export function typedYuan(fen: number | undefined): string {
  return fen === undefined ? '' : `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}
