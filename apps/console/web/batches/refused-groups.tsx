import { useState } from 'react'
import type { Batch, BatchOutcomeGroup } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { BatchItems } from './batch-items'
import { reasonOf } from './outcome-words'

/** What of a preview is refused: a line for each reason, which opens its cases. */
export function RefusedGroups({ batch }: { batch: Batch }) {
  const { t } = useWords()
  const groups = batch.outcomes.filter(({ outcome }) => outcome === 'refused-by-us')
  if (groups.length === 0) return null
  return (
    <section className="refused-groups" aria-label={t('batches.willRefuse')}>
      <h3>{t('batches.willRefuse')}</h3>
      <ul>
        {groups.map((group) => (
          <RefusedGroup key={`${group.reason} ${group.rule}`} id={batch.id} group={group} />
        ))}
      </ul>
    </section>
  )
}

function RefusedGroup({ id, group }: { id: string; group: BatchOutcomeGroup }) {
  const words = useWords()
  const [isOpen, setIsOpen] = useState(false)
  const { reason, rule, cases } = group
  return (
    <li>
      <button type="button" className="plain link" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {words.t('batches.count', { n: cases.toLocaleString('en-US') })}
      </button>
      <span>
        {' '}
        {reasonOf(group, words)} {rule !== null && <span className="faint number">{rule}</span>}
      </span>
      {isOpen && <BatchItems id={id} filter={{ outcome: 'refused-by-us', reason: reason ?? undefined }} version="" />}
    </li>
  )
}
