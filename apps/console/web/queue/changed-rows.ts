import { useEffect, useRef, useState } from 'react'
import type { CaseRow } from '../api/schema'

/**
 * Which rows are highlighted for a moment: those that a live event named and that look different since. Rows that merely came
 * by scrolling are not.
 */
const changed = new Map<string, number>()
const REMEMBERED = 15_000
const HIGHLIGHTED = 2_400

export function markChanged(caseId: string): void {
  const now = Date.now()
  changed.set(caseId, now)
  for (const [id, at] of changed) if (now - at > REMEMBERED) changed.delete(id)
}

/** Ids of the rows that are highlighted now. */
export function useChangedRows(rows: readonly CaseRow[]): ReadonlySet<string> {
  const before = useRef<Map<string, string> | undefined>(undefined)
  const [highlighted, setHighlighted] = useState<ReadonlySet<string>>(NONE)

  useEffect(() => {
    const looks = new Map(rows.map((row) => [row.caseId, lookOf(row)]))
    const last = before.current
    before.current = looks
    if (last === undefined || last.size === 0) return
    const ids = [...looks].filter(([id, look]) => changed.has(id) && last.get(id) !== look).map(([id]) => id)
    if (ids.length === 0) return
    setHighlighted((now) => new Set([...now, ...ids]))
    for (const id of ids) changed.delete(id)
    setTimeout(() => setHighlighted((now) => without(now, ids)), HIGHLIGHTED)
  }, [rows])

  return highlighted
}

const NONE: ReadonlySet<string> = new Set()

function without(set: ReadonlySet<string>, ids: string[]): ReadonlySet<string> {
  const rest = new Set(set)
  for (const id of ids) rest.delete(id)
  return rest.size === 0 ? NONE : rest
}

function lookOf(row: CaseRow): string {
  return [row.updatedAt, row.status, row.turn, row.riskFen, row.due?.at].join('|')
}
