import { DatePicker } from 'antd'
import { useMemo } from 'react'
import { wallRange, wallText } from '../time/wall-range'

export interface TimeRangeProps {
  from: string | undefined
  to: string | undefined
  change: (from: string | undefined, to: string | undefined) => void
  className?: string
  placeholder?: [string, string]
  /** Either end may stay open. */
  open?: boolean
}

/** From – to in Beijing time; instants are ISO 8601 UTC. */
export function TimeRangePicker({ from, to, change, className, placeholder, open = false }: TimeRangeProps) {
  // The picker drops half-typed text whenever its value is another object, even an equal one.
  const range = useMemo(() => wallRange(from, to), [from, to])
  return (
    <DatePicker.RangePicker
      {...(className === undefined ? {} : { className })}
      {...(placeholder === undefined ? {} : { placeholder })}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      allowEmpty={[open, open]}
      value={range}
      onChange={(next) => change(wallText(next?.[0]), wallText(next?.[1]))}
    />
  )
}
