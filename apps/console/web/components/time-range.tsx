import { lazy, Suspense } from 'react'
import type { TimeRangeProps } from './time-range-picker'

/** The calendar is as large as all other controls together, and few lists are narrowed by time: it comes when it is shown. */
const TimeRangePicker = lazy(() =>
  import('./time-range-picker').then(({ TimeRangePicker }) => ({ default: TimeRangePicker })),
)

/** From – to in Beijing time; instants are ISO 8601 UTC. */
export const TimeRange = (props: TimeRangeProps) => (
  <Suspense fallback={<span className="time-range-waiting" />}>
    <TimeRangePicker {...props} />
  </Suspense>
)
