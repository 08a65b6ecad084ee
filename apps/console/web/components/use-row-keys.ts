import { useEffect, useRef } from 'react'
import { isTyping } from './is-typing'

interface RowKeyActions {
  step: (by: 1 | -1) => void
  open: () => void
  /** Selects the row, or with `extend` all rows up to it; undefined: nothing can be selected. */
  select?: ((extend: boolean) => void) | undefined
}

/** j and k move along the rows, Enter opens the marked one, x selects it and X a range; not while the reader types or has focused a button. */
export function useRowKeys(keys: RowKeyActions): void {
  const latestKeys = useRef(keys)
  useEffect(() => {
    latestKeys.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === 'j') latestKeys.current.step(1)
      else if (event.key === 'k') latestKeys.current.step(-1)
      else if (event.key === 'Enter' && !isPressable(event.target)) latestKeys.current.open()
      else if (isSelecting(event.key) && latestKeys.current.select !== undefined)
        latestKeys.current.select(event.shiftKey)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const isSelecting = (key: string): boolean => key === 'x' || key === 'X'

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, [role="combobox"], [role="tab"]') !== null
