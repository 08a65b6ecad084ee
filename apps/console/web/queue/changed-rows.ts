import { useEffect, useRef, useState } from 'react'
import type { CaseRow } from '../api/schema'

/**
 * Which rows are highlighted for a moment: those that a live event named and that look different since. Rows that merely came
 * by scrolling are not.
 */
const changed = new Map<string, number>()
/** A live event is forgotten if no refetch shows its change within this time. */
const REMEMBERED_MS = 15_000
/** As long as the animation of `case-row-flash`. */
const HIGHLIGHTED_MS = 2_400

/** Called for each live event. */
export function markChanged(caseId: string): void {
  const now = Date.now()
  changed.set(caseId, now)
  for (const [id, at] of changed) if (now - at > REMEMBERED_MS) changed.delete(id)
}

/** Ids of the rows that are highlighted now. */
export function useChangedRows(rows: readonly CaseRow[]): ReadonlySet<string> {
  const before = useRef<Map<string, string> | undefined>(undefined)
  const [highlighted, setHighlighted] = useState<ReadonlySet<string>>(NONE)

  useEffect(() => {
    const fingerprints = new Map(rows.map((row) => [row.caseId, fingerprintOf(row)]))
    const previous = before.current
    before.current = fingerprints
    if (previous === undefined || previous.size === 0) return
    const ids = [...fingerprints]
      .filter(([id, fingerprint]) => changed.has(id) && previous.get(id) !== fingerprint)
      .map(([id]) => id)
    if (ids.length === 0) return
    setHighlighted((now) => new Set([...now, ...ids]))
    for (const id of ids) changed.delete(id)
    setTimeout(() => setHighlighted((now) => without(now, ids)), HIGHLIGHTED_MS)
  }, [rows])

  return highlighted
}

const NONE: ReadonlySet<string> = new Set()

function without(set: ReadonlySet<string>, ids: string[]): ReadonlySet<string> {
  const rest = new Set(set)
  for (const id of ids) rest.delete(id)
  return rest.size === 0 ? NONE : rest
}

function fingerprintOf(row: CaseRow): string {
  return [row.updatedAt, row.status, row.turn, row.riskFen, row.due?.at, row.assignee?.id].join('|')
}
