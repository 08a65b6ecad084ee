import { useMemo } from 'react'
import { yuanText } from '../components/yuan'
import { fullInstant } from '../time/instants'
import { flagTerm } from '../i18n/flag-words'
import { useWords } from '../i18n/use-words'
import type { Section, Wording } from '../i18n/use-words'
import { listChanges } from './change-list'

/** What an event changed, field by field; as before → after where the value before is known. */
export function Changes({ changes }: { changes: Record<string, unknown> }) {
  const words = useWords()
  const list = useMemo(() => listChanges(changes), [changes])
  if (list.length === 0) return null
  return (
    <dl className="changes">
      {list.map(({ field, before, after }, i) => (
        <div key={`${field} ${i}`}>
          <dt>{fieldText(field, words)}</dt>
          <dd>
            {before !== undefined && (
              <>
                <s>{valueText(field, before, words)}</s> →{' '}
              </>
            )}
            {valueText(field, after, words)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** `goods:returning` names a stage that was reached; else the page's word, a leg of the amount, or the field itself. */
function fieldText(field: string, { t, nameOfCode }: Wording): string {
  const [section = '', code] = field.split(':')
  if (code !== undefined) return section === 'status' ? `${t('field.raw')} ${code}` : nameOfCode(section, code)
  return t(`field.${field}`, { defaultValue: nameOfCode('legs', field) })
}

/** The sections of the glossary that name the codes of a field; a stage may be of any of the three rails. */
const GLOSSARY_SECTIONS: Readonly<Record<string, readonly Section[]>> = {
  kind: ['kinds', 'deadlines'],
  variant: ['variants'],
  status: ['statuses'],
  outcome: ['outcomes'],
  turn: ['turns'],
  stage: ['goods', 'money', 'dispute'],
  goods: ['goods'],
  money: ['money'],
  dispute: ['dispute'],
  source: ['sources'],
  breach: ['breaches'],
  onBreach: ['breaches'],
  deadline: ['deadlines'],
  payer: ['payers'],
}
/** Fields that hold fen, by name: changes have no types. */
const FEN_FIELD = /fen$|^(?:total|amount|amountAgreed|amountRefunded|freight|paid|atRisk|GOODS|FREIGHT|COMPENSATION)$/i
/** Larger than any amount: 2001 in epoch milliseconds. */
const MIN_INSTANT = 1e12
/** About two lines of the timeline. */
const MAX_TEXT_LENGTH = 160

function valueText(field: string, value: unknown, { t, nameOfCode, say }: Wording): string {
  if (value === null || value === undefined) return t('none')
  if (typeof value === 'number') {
    if (FEN_FIELD.test(field)) return yuanText(value) ?? String(value)
    return value > MIN_INSTANT ? (fullInstant(new Date(value).toISOString()) ?? String(value)) : String(value)
  }
  if (typeof value === 'string') {
    const codeName = GLOSSARY_SECTIONS[field]
      ?.map((section) => nameOfCode(section, value))
      .find((word) => word !== value)
    if (codeName !== undefined) return codeName
    return /^\d{4}-\d\d-\d\dT/.test(value) ? (fullInstant(value) ?? value) : clipText(value)
  }
  if (Array.isArray(value) && field === 'flags') return value.map((flag) => say(flagTerm(String(flag)))).join('、')
  if (Array.isArray(value)) return clipText(value.map(itemName).join('、')) || t('none')
  return clipText(JSON.stringify(value))
}

/** A line by its title, a parcel by its number. */
function itemName(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item)
  const { title, tracking, lineId } = item as Record<string, unknown>
  const word = [title, tracking, lineId].find((one) => typeof one === 'string')
  return typeof word === 'string' ? word : JSON.stringify(item)
}

const clipText = (text: string): string => (text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text)
