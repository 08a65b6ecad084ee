import { useWords } from '../i18n/use-words'

/** Distinct from the colours of urgency. Which one a marketplace gets depends on its position in the list. */
const COLOURS = ['#a8403a', '#33404d', '#2f6690', '#5b7f3a', '#7a4f8f', '#8a6a2f']

/** A marketplace as one sign: the first character of its Chinese name on its own colour. */
export function MarketplaceMark({ id }: { id: string }) {
  const { meta, marketplace } = useWords()
  const position = meta?.marketplaces.findIndex((known) => known.id === id) ?? -1
  const sign = (meta?.marketplaces[position]?.zh ?? id).slice(0, 1).toUpperCase()
  return (
    <span
      className="mark"
      style={{ background: COLOURS[Math.max(0, position) % COLOURS.length] }}
      title={marketplace(id)}
    >
      {sign}
    </span>
  )
}

/** A store's name with the sign of its marketplace. @param id the marketplace */
export function StoreName({ id, name }: { id: string; name: string }) {
  return (
    <span className="store">
      <MarketplaceMark id={id} />
      <span className="ellipsis" title={name}>
        {name}
      </span>
    </span>
  )
}
