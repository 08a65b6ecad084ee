import { useState } from 'react'

const KEY = 'shouhou.operator'

/** The name under which a change is recorded, as long as there is no log-in. This browser remembers it. */
export function useOperator(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(kept)
  const remember = (next: string): void => {
    setName(next)
    try {
      window.localStorage.setItem(KEY, next)
    } catch {
      // Without storage the name must be typed again the next time.
    }
  }
  return [name, remember]
}

function kept(): string {
  try {
    return window.localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}
