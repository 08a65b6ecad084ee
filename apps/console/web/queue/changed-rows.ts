import { useEffect, useRef, useState } from 'react'
import type { Row } from '../api/shapes'

/**
 * Which rows light up gently: those that a live event named and that really look different since. Rows that merely came by
 * scrolling do not.
 */
const heard = new Map<string, number>()
const REMEMBERED = 15_000
const GLOW = 2_400

export function heardOf(caseId: string): void {
  const now = Date.now()
  heard.set(caseId, now)
  for (const [id, at] of heard) if (now - at > REMEMBERED) heard.delete(id)
}

/** Ids of the rows that glow now. */
export function useFlashes(rows: readonly Row[]): ReadonlySet<string> {
  const before = useRef<Map<string, string> | undefined>(undefined)
  const [glowing, setGlowing] = useState<ReadonlySet<string>>(NONE)

  useEffect(() => {
    const looks = new Map(rows.map((row) => [row.caseId, lookOf(row)]))
    const last = before.current
    before.current = looks
    if (last === undefined || last.size === 0) return
    const changed = [...looks].filter(([id, look]) => heard.has(id) && last.get(id) !== look).map(([id]) => id)
    if (changed.length === 0) return
    setGlowing((now) => new Set([...now, ...changed]))
    for (const id of changed) heard.delete(id)
    setTimeout(() => setGlowing((now) => without(now, changed)), GLOW)
  }, [rows])

  return glowing
}

const NONE: ReadonlySet<string> = new Set()

function without(glowing: ReadonlySet<string>, ids: string[]): ReadonlySet<string> {
  const left = new Set(glowing)
  for (const id of ids) left.delete(id)
  return left.size === 0 ? NONE : left
}

function lookOf(row: Row): string {
  return [row.updatedAt, row.status, row.turn, row.riskFen, row.due?.at].join('|')
}
