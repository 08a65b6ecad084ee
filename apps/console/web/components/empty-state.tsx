import type { ReactNode } from 'react'

/** An empty list that says why it is empty. */
export function EmptyState({ title, hint }: { title: string; hint?: ReactNode }) {
  return (
    <div className="nothing">
      <svg width="56" height="40" viewBox="0 0 56 40" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
        <path d="M4 24 12 6h32l8 18v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2Z" />
        <path d="M4 24h14c0 5 4 8 10 8s10-3 10-8h14" />
      </svg>
      <p>{title}</p>
      {hint !== undefined && <p className="faint">{hint}</p>}
    </div>
  )
}
