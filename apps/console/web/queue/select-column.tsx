import type { CaseRow } from '../api/schema'
import type { Wording } from '../i18n/use-words'
import type { Column } from './column'
import { extendedTo, toggled, toggledRows, type Selection } from './selection'
import type { SelectionState } from './use-selection'

/** Wide enough for a finger; px. */
export const SELECT_WIDTH = 38

/** The column of boxes. All rows that are loaded are selected in its head; with Shift a range. */
export function selectColumn({ t }: Wording, { selection, set }: SelectionState, rows: readonly CaseRow[]): Column {
  const selected = new Set(selection.caseIds)
  const isSelected = (caseId: string): boolean => selection.filter !== undefined || selected.has(caseId)
  return {
    key: 'select',
    width: SELECT_WIDTH,
    fixed: 'start',
    className: 'select-cell',
    title: (
      <label className="select-box">
        <input
          type="checkbox"
          aria-label={t('selection.loaded')}
          checked={rows.length > 0 && rows.every(({ caseId }) => isSelected(caseId))}
          onChange={() => set(selection.filter === undefined ? toggledRows(selection, rows) : emptied(selection))}
        />
      </label>
    ),
    render: (_, { caseId, caseNumber }: CaseRow) => (
      // A click beside the box would open the case.
      <label className="select-box" onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          aria-label={t('selection.one', { number: caseNumber })}
          checked={isSelected(caseId)}
          onChange={({ nativeEvent }) =>
            set(isShifted(nativeEvent) ? extendedTo(selection, rows, caseId) : toggled(selection, caseId))
          }
        />
      </label>
    ),
  }
}

const emptied = (selection: Selection): Selection => ({ ...selection, caseIds: [], filter: undefined })
const isShifted = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey
