import { Popover } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'

interface Props {
  label: string
  /** What is chosen, or undefined where nothing is. */
  chosen: string | undefined
  children: (close: () => void) => ReactNode
}

/** A filter that needs more room than a list; looks like the lists beside it. */
export function FilterPopover({ label, chosen, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<div className="filter-popover">{children(() => setOpen(false))}</div>}
    >
      <button
        type="button"
        aria-label={label}
        aria-expanded={open}
        className={chosen === undefined ? 'plain filter-button' : 'plain filter-button filter-on'}
      >
        <span className="ellipsis">{chosen ?? label}</span>
        <svg width="10" height="10" viewBox="0 0 10 10" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden>
          <path d="M2 3.5 5 6.5 8 3.5" />
        </svg>
      </button>
    </Popover>
  )
}
