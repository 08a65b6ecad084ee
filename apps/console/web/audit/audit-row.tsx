import { Link } from 'react-router'
import type { AuditEntry } from '../api/schema'
import { ANONYMOUS, auditTerm } from '../i18n/audit-words'
import { useWords } from '../i18n/use-words'
import { fullInstant } from '../time/instants'
import type { AuditNames } from './audit-queries'

interface Props {
  entry: AuditEntry
  names: AuditNames
  /** Shows only the entries about one subject. */
  filterBySubject: (subject: string) => void
}

/** One entry: when, who, what, to what, and its details. */
export function AuditRow({ entry, names, filterBySubject }: Props) {
  const { t, say } = useWords()
  const subject = useSubjectName(entry.subject, names)
  return (
    <tr>
      <td className="end apart faint number">{entry.n}</td>
      <td>
        <time className="instant" dateTime={entry.at}>
          {fullInstant(entry.at)}
        </time>
      </td>
      <td>{useActorName(entry)}</td>
      <td>
        <span className={isRefusal(entry.action) ? 'audit-refusal' : ''}>{say(auditTerm(entry.action))}</span>
        <div className="second">{entry.action}</div>
      </td>
      <td className="audit-subject">
        <button
          type="button"
          className="plain link"
          aria-label={t('audit.subjectOnly', { subject })}
          onClick={() => filterBySubject(entry.subject)}
        >
          {subject}
        </button>
        <CaseLink subject={entry.subject} />
      </td>
      <td className="audit-details">
        <Details details={entry.details} />
      </td>
    </tr>
  )
}

const isRefusal = (action: string): boolean => /\.(?:denied|refused|reauthentication-refused)$/.test(action)

function useActorName({ actor, actorName }: AuditEntry): string {
  const { t } = useWords()
  if (actorName !== null) return actorName
  const [kind, id = ''] = splitReference(actor)
  if (kind === ANONYMOUS) return t('audit.anonymous')
  return kind === 'process' ? t('audit.process', { name: id }) : actor
}

function useSubjectName(subject: string, { people, keys }: AuditNames): string {
  const { t } = useWords()
  const [thing, id = ''] = splitReference(subject)
  const known = people.get(subject) ?? keys.get(subject)
  const name = known ?? (/^[0-9a-f-]{36}$/.test(id) ? id.slice(0, 8) : id)
  return `${t(`audit.thing.${thing}`, { defaultValue: thing })} ${name}`
}

function CaseLink({ subject }: { subject: string }) {
  const { t } = useWords()
  const [thing, id] = splitReference(subject)
  if (thing !== 'case' || id === undefined) return null
  return (
    <>
      {' '}
      <Link to={`/cases/${encodeURIComponent(id)}`}>{t('audit.openCase')}</Link>
    </>
  )
}

/** Codes and numbers, as they were recorded. */
function Details({ details }: { details: AuditEntry['details'] }) {
  const { t } = useWords()
  const entries = Object.entries(details)
  if (entries.length === 0) return <span className="faint">{t('none')}</span>
  return (
    <ul className="words">
      {entries.map(([name, value]) => (
        <li key={name}>
          <span className="faint">{name}</span> {formatDetail(name, value)}
        </li>
      ))}
    </ul>
  )
}

/** Instants are recorded as epoch milliseconds, in fields whose names end with `At`. */
function formatDetail(name: string, value: unknown): string {
  if (typeof value === 'number' && name.endsWith('At')) return fullInstant(new Date(value).toISOString()) ?? `${value}`
  if (Array.isArray(value)) return value.map((element) => formatDetail(name, element)).join(', ')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** `person:1` as `person` and `1`. */
function splitReference(reference: string): readonly [string, string | undefined] {
  const at = reference.indexOf(':')
  return at < 0 ? [reference, undefined] : [reference.slice(0, at), reference.slice(at + 1)]
}
