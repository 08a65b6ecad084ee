import type { CaseDeadline } from '../api/schema'
import { Money } from '../components/money'
import { Panel } from '../components/panel'
import { fullInstant } from '../time/instants'
import { clockText, urgencyOf } from '../time/remaining'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'

/** Every obligation of the case: whose it is, when it is due, its source, and what happens on breach. */
export function DeadlineLedger({ entries }: { entries: CaseDeadline[] }) {
  const { t } = useWords()
  return (
    <Panel title={t('case.deadlines')}>
      {entries.length === 0 ? (
        <p className="faint">{t('case.noDeadlines')}</p>
      ) : (
        <div className="scroll-x">
          <table className="ledger">
            <thead>
              <tr>
                <th>{t('case.deadline')}</th>
                <th>{t('case.who')}</th>
                <th>{t('case.due')}</th>
                <th>{t('case.source')}</th>
                <th>{t('case.breach')}</th>
                <th className="end">{t('case.atRisk')}</th>
                <th className="end">{t('column.due')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <DeadlineRow key={`${entry.kind} ${entry.due}`} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function DeadlineRow({ entry }: { entry: CaseDeadline }) {
  const { t, name } = useWords()
  return (
    <tr className={entry.passed ? 'passed' : ''}>
      <td>{name('deadlines', entry.kind)}</td>
      <td>{name('turns', entry.turn)}</td>
      <td className="number">{fullInstant(entry.due)}</td>
      <td>
        <span className={`source source-${entry.source.toLowerCase()}`} aria-hidden /> {name('sources', entry.source)}
      </td>
      <td>{name('breaches', entry.onBreach)}</td>
      <td className="end">
        <Money fen={entry.riskFen} />
      </td>
      <td className="end number">
        {entry.passed ? <span className="faint">{t('due.passed')}</span> : <RemainingTime due={entry.due} />}
      </td>
    </tr>
  )
}

function RemainingTime({ due }: { due: string }) {
  const { t, span } = useWords()
  const now = useServerSecond()
  const at = Date.parse(due)
  const urgency = urgencyOf(at, now)
  return (
    <span className={`time-${urgency}`}>
      {urgency === 'overdue' ? t('due.overdue', { span: span(now - at) }) : clockText(at - now, t('unit.day'))}
    </span>
  )
}
