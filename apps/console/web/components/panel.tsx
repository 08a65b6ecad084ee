import type { ReactNode } from 'react'

/** A part of a page with its heading. */
export function Panel({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{title}</h2>
        {side !== undefined && <span className="faint">{side}</span>}
      </header>
      {children}
    </section>
  )
}
