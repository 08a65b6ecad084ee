/** What `npm run replay` was asked for. Instants UTC ms. */
export interface ReplayArguments {
  readonly from: number
  readonly to: number
  readonly diff: boolean
}

const USAGE = `npm run replay -- --from 2026-11-11 --to 2026-11-12T12:00 [--diff]
  messages received from … until before …; a day or a time without zone is China time
  --diff  also says, field by field, what differs`

/** @throws Error that says how it is used. */
export function parseReplayArguments(words: readonly string[]): ReplayArguments {
  const rest = [...words]
  let [from, to, diff] = [undefined as number | undefined, undefined as number | undefined, false]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--diff') diff = true
    else if (word === '--from') from = parseInstant(rest.shift())
    else if (word === '--to') to = parseInstant(rest.shift())
    else throw new Error(`unknown word ${word}\n${USAGE}`)
  }
  if (from === undefined || to === undefined || from >= to) throw new Error(USAGE)
  return { from, to, diff }
}

/** A day, or a day and time with an optional zone. */
const INSTANT_PATTERN = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/

/** A text without a zone is China time: the marketplaces' days are meant. */
function parseInstant(text = ''): number {
  const match = INSTANT_PATTERN.exec(text)
  const zoned = match?.[1] !== undefined
  const instant =
    match === null ? NaN : Date.parse(zoned ? text : `${text.includes('T') ? text : `${text}T00:00`}+08:00`)
  if (Number.isNaN(instant)) throw new Error(`"${text}" is no day and no time\n${USAGE}`)
  return instant
}
