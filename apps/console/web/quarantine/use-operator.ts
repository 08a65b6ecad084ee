import { useState } from 'react'

const KEY = 'shouhou.operator'

/** The name that a change is recorded under, until people log in. This browser remembers it. */
export function useOperator(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(kept)
  const sign = (next: string): void => {
    setName(next)
    try {
      window.localStorage.setItem(KEY, next)
    } catch {
      // A browser that keeps nothing asks again the next time.
    }
  }
  return [name, sign]
}

function kept(): string {
  try {
    return window.localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}
