/** A link in a text: its host in lower case, and its position. */
export interface FoundLink {
  readonly host: string
  readonly from: number
  readonly to: number
}

const TOP_LEVEL_DOMAINS: ReadonlySet<string> = new Set(
  'com cn net org cc top shop vip xyz club site online store app link me io tv ltd wang ink live info fun mobi la im'.split(
    ' ',
  ),
)

const isHostCharacter = (c: string): boolean =>
  (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c === '-' || c === '.'

/**
 * The hosts in a text: pieces with a dot and a known top-level domain, and whatever follows `://`. Wide letters, and 点 for the
 * dot, are recognised. A version (`2.0`), a price (`9.9`) or the name of a picture is no host. One pass over the text.
 */
export function linksIn(text: string): readonly FoundLink[] {
  const plain = text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[点。．]/g, '.')
    .toLowerCase()
  const found: FoundLink[] = []
  let from = 0
  for (let index = 0; index <= plain.length; index++) {
    if (index < plain.length && isHostCharacter(plain.charAt(index))) continue
    const piece = plain.slice(from, index)
    const host = plain.startsWith('://', from - 3) && piece !== '' ? piece : hostOf(piece)
    if (host !== undefined) found.push({ host, from, to: index })
    from = index + 1
  }
  return found
}

function hostOf(piece: string): string | undefined {
  if (!piece.includes('.')) return undefined
  const labels = piece.split('.').filter((label) => label !== '')
  const last = labels.findLastIndex((label, index) => index > 0 && TOP_LEVEL_DOMAINS.has(label))
  return last <= 0 ? undefined : labels.slice(0, last + 1).join('.')
}
