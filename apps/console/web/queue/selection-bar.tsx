import { Suspense, lazy, useMemo } from 'react'
import type { CaseRow, QueueFilterRequest } from '../api/schema'
import type { CaseSet } from '../batches/case-set'
import { useWords } from '../i18n/use-words'
import { NOTHING_SELECTED, isEmptySelection, unlisted, type Selection } from './selection'
import type { SelectionState } from './use-selection'

interface Props {
  state: SelectionState
  rows: readonly CaseRow[]
  /** The filter of the list as it is now; undefined: the list is no queue, so there is no “all that match”. */
  filterNow: (() => QueueFilterRequest) | undefined
}

/** A chunk of its own: the queue is usable before it is there. */
const CaseSetBar = lazy(async () => ({ default: (await import('../batches/case-set-bar')).CaseSetBar }))

/** What is selected of the queue, and what can be done with it. */
export function SelectionBar({ state: { selection, set }, rows, filterNow }: Props) {
  const { t } = useWords()
  const caseSet = useMemo(() => caseSetOf(selection), [selection])
  const gone = selection.filter === undefined ? unlisted(selection, rows) : []
  if (isEmptySelection(selection)) return null
  const keepListed = (): void => set({ ...selection, caseIds: selection.caseIds.filter((id) => !gone.includes(id)) })
  return (
    <Suspense>
      <CaseSetBar set={caseSet} onStarted={() => set(NOTHING_SELECTED)}>
        {gone.length > 0 && (
          <span className="faint">
            {t('selection.unlisted', { n: gone.length.toLocaleString('en-US') })}{' '}
            <button type="button" className="plain link" onClick={keepListed}>
              {t('selection.dropUnlisted')}
            </button>
          </span>
        )}
        {filterNow !== undefined && selection.filter === undefined && (
          <button
            type="button"
            className="plain link"
            onClick={() => set({ ...NOTHING_SELECTED, filter: filterNow() })}
          >
            {t('selection.selectMatching')}
          </button>
        )}
        <button type="button" className="plain link" onClick={() => set(NOTHING_SELECTED)}>
          {t('selection.clear')}
        </button>
      </CaseSetBar>
    </Suspense>
  )
}

const caseSetOf = ({ caseIds, filter }: Selection): CaseSet =>
  filter === undefined ? { type: 'ids', caseIds } : { type: 'filter', filter }
