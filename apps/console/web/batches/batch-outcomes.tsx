import type { ReactNode } from 'react'
import type { Batch, BatchOutcome, BatchOutcomeGroup } from '../api/schema'
import { Money } from '../components/money'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'
import type { ItemFilter } from './batch-queries'
import { reasonOf } from './outcome-words'

interface Props {
  batch: Batch
  filter: ItemFilter
  choose: (filter: ItemFilter) => void
  children: ReactNode
}

/** Not settled: more will become of them, or a person must find out. */
const OPEN_OUTCOMES: readonly BatchOutcome[] = ['waiting', 'accepted', 'by-hand', 'in-doubt']

export const settledCases = (outcomes: readonly Pick<BatchOutcomeGroup, 'outcome' | 'cases'>[]): number =>
  outcomes.reduce((sum, { outcome, cases }) => sum + (OPEN_OUTCOMES.includes(outcome) ? 0 : cases), 0)

/** How far a batch is: a line for each outcome and reason, which filters the cases below. */
export function BatchOutcomes({ batch, filter, choose, children }: Props) {
  const { t } = useWords()
  const { cases, outcomes, undoSeconds, state } = batch
  const done = settledCases(outcomes)
  return (
    <Panel title={t('batches.progress', { done: done.toLocaleString('en-US'), all: cases.toLocaleString('en-US') })}>
      <progress
        className="batch-progress"
        value={done}
        max={Math.max(1, cases)}
        aria-label={t('batches.column.state')}
      />
      {undoSeconds > 0 && state === 'running' && <p className="faint">{t('batches.undo', { seconds: undoSeconds })}</p>}
      <div className="scroll-x">
        <table className="ledger" aria-label={t('batches.column.outcome')}>
          <thead>
            <tr>
              <th>{t('batches.column.outcome')}</th>
              <th>{t('batches.column.reason')}</th>
              <th className="end">{t('batches.column.cases')}</th>
              <th className="end">{t('batches.column.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map((group) => (
              <GroupRow
                key={`${group.outcome} ${group.reason} ${group.rule}`}
                group={group}
                filter={filter}
                choose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="batch-buttons">{children}</div>
    </Panel>
  )
}

function GroupRow({ group, filter, choose }: { group: BatchOutcomeGroup } & Pick<Props, 'filter' | 'choose'>) {
  const words = useWords()
  const { t } = words
  const { outcome, rule, cases, totalFen } = group
  const reason = group.reason ?? undefined
  const isChosen = filter.outcome === outcome && filter.reason === reason
  return (
    <tr>
      <td>
        <button
          type="button"
          className={`plain link batch-outcome outcome-${outcome}`}
          aria-pressed={isChosen}
          onClick={() => choose(isChosen ? {} : { outcome, reason })}
        >
          {t(`batches.outcome.${outcome}`)}
        </button>
      </td>
      <td>
        {reasonOf(group, words)} {rule !== null && <span className="faint number">{rule}</span>}
      </td>
      <td className="end number">{cases.toLocaleString('en-US')}</td>
      <td className="end">{outcome === 'refused-by-us' ? t('none') : <Money fen={totalFen} />}</td>
    </tr>
  )
}
