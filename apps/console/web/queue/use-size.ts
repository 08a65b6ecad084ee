import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

export interface Room {
  width: number
  height: number
}

/** The room that a box has, in whole pixels, as it changes: a virtual table must be told. */
export function useRoom(): { box: RefObject<HTMLDivElement | null>; room: Room } {
  const box = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Room>({ width: 0, height: 0 })
  useEffect(() => {
    if (box.current === null) return
    const watch = new ResizeObserver(([entry]) => {
      if (entry === undefined) return
      const { width, height } = entry.contentRect
      setRoom({ width: Math.floor(width), height: Math.floor(height) })
    })
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  return { box, room }
}
