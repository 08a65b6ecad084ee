import { yuanText } from './yuan'

/** An amount with its fen set smaller, so that columns of yuan are read at a glance. */
export function Money({ fen, strong = false }: { fen: number | null | undefined; strong?: boolean }) {
  const text = yuanText(fen)
  if (text === undefined) return <span className="faint">—</span>
  const [yuan, rest] = text.split('.')
  return (
    <span className={fen === 0 ? 'money faint' : strong ? 'money money-strong' : 'money'}>
      {yuan}
      <span className="money-fen">.{rest}</span>
    </span>
  )
}
