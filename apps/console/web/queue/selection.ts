import type { CaseRow, QueueFilterRequest } from '../api/schema'

/** Which cases of the queue are selected: rows by their ids, or all that a filter matches. */
export interface Selection {
  /** In the order in which they were selected: in this order a batch acts on them. */
  readonly caseIds: readonly string[]
  /** All that match this filter, as it was when they were selected. */
  readonly filter: QueueFilterRequest | undefined
  /** Where a range begins: the row that was selected last. */
  readonly anchor: string | undefined
}

export const NOTHING_SELECTED: Selection = { caseIds: [], filter: undefined, anchor: undefined }

export const isEmptySelection = ({ caseIds, filter }: Selection): boolean =>
  caseIds.length === 0 && filter === undefined

/** Selects a row, or deselects it. After “all that match” single rows start from none. */
export function toggled({ caseIds }: Selection, caseId: string): Selection {
  const isSelected = caseIds.includes(caseId)
  return {
    caseIds: isSelected ? caseIds.filter((id) => id !== caseId) : [...caseIds, caseId],
    filter: undefined,
    anchor: caseId,
  }
}

/** Selects all rows from the anchor to this one, in the order of the list; without an anchor only this one. */
export function extendedTo(selection: Selection, rows: readonly CaseRow[], caseId: string): Selection {
  const from = rows.findIndex((row) => row.caseId === selection.anchor)
  const to = rows.findIndex((row) => row.caseId === caseId)
  if (from < 0 || to < 0) return toggled(selection, caseId)
  return { ...withRows(selection, rows.slice(Math.min(from, to), Math.max(from, to) + 1)), anchor: caseId }
}

/** Selects all rows that are loaded, or deselects them if they are selected already. */
export function toggledRows(selection: Selection, rows: readonly CaseRow[]): Selection {
  const selected = new Set(selection.caseIds)
  const areAll = rows.every(({ caseId }) => selected.has(caseId))
  return areAll ? withoutRows(selection, rows) : withRows(selection, rows)
}

function withRows({ caseIds, anchor }: Selection, rows: readonly CaseRow[]): Selection {
  return { caseIds: [...new Set([...caseIds, ...rows.map(({ caseId }) => caseId)])], filter: undefined, anchor }
}

function withoutRows({ caseIds, anchor }: Selection, rows: readonly CaseRow[]): Selection {
  const gone = new Set(rows.map(({ caseId }) => caseId))
  return { caseIds: caseIds.filter((id) => !gone.has(id)), filter: undefined, anchor }
}

/** The selected cases that the list does not show any more: they were settled, or went elsewhere. */
export function unlisted({ caseIds }: Selection, rows: readonly CaseRow[]): readonly string[] {
  const listed = new Set(rows.map(({ caseId }) => caseId))
  return caseIds.filter((id) => !listed.has(id))
}
