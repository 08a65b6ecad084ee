import { useEffect, useRef } from 'react'
import { isTyping } from './is-typing'

interface RowKeyActions {
  step: (by: 1 | -1) => void
  open: () => void
}

/** j and k move along the rows, Enter opens the selected one; not while the reader types or has focused a button. */
export function useRowKeys(keys: RowKeyActions): void {
  const latestKeys = useRef(keys)
  useEffect(() => {
    latestKeys.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === 'j') latestKeys.current.step(1)
      else if (event.key === 'k') latestKeys.current.step(-1)
      else if (event.key === 'Enter' && !isPressable(event.target)) latestKeys.current.open()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, [role="combobox"], [role="tab"]') !== null
