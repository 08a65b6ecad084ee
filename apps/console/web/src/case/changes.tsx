import { yuanText } from '../parts/yuan'
import { fullInstant } from '../time/instants'
import { useWords } from '../words/use-words'
import type { WordsInUse } from '../words/use-words'

/** What an event changed, word by word; a change that knows what was before is drawn as before → after. */
export function Changes({ changes }: { changes: Record<string, unknown> }) {
  const words = useWords()
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return null
  return (
    <dl className="changes">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            {isMove(value) ? (
              <>
                <s>{shown(key, value.from, words)}</s> → {shown(key, value.to, words)}
              </>
            ) : (
              shown(key, value, words)
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Where the codes of a change are named. */
const SECTIONS: Readonly<Record<string, string>> = {
  kind: 'kinds',
  variant: 'variants',
  status: 'statuses',
  turn: 'turns',
  goods: 'goods',
  money: 'money',
  dispute: 'dispute',
  source: 'sources',
  breach: 'breaches',
  onBreach: 'breaches',
  deadline: 'deadlines',
  payer: 'payers',
}

const LONGEST = 160

function shown(key: string, value: unknown, { t, name }: WordsInUse): string {
  if (value === null || value === undefined) return t('unknown')
  if (typeof value === 'number') return /fen$/i.test(key) ? (yuanText(value) ?? String(value)) : String(value)
  if (typeof value === 'string') {
    const section = SECTIONS[key]
    if (section !== undefined) return name(section, value)
    return /^\d{4}-\d\d-\d\dT/.test(value) ? (fullInstant(value) ?? value) : clipped(value)
  }
  return typeof value === 'boolean' ? String(value) : clipped(JSON.stringify(value))
}

const clipped = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

function isMove(value: unknown): value is { from?: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && 'to' in value && Object.keys(value).every((key) => key === 'from' || key === 'to')
}
