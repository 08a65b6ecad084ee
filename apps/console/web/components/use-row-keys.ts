import { useEffect, useRef } from 'react'
import { isTyping } from '../queue/search-bar'

interface Steps {
  step: (by: 1 | -1) => void
  open: () => void
}

/** j and k walk the rows, Enter opens the marked one; not while somebody writes or stands on a button. */
export function useRowKeys(steps: Steps): void {
  const now = useRef(steps)
  useEffect(() => {
    now.current = steps
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === 'j') now.current.step(1)
      else if (event.key === 'k') now.current.step(-1)
      else if (event.key === 'Enter' && !isPressable(event.target)) now.current.open()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, [role="combobox"], [role="tab"]') !== null
