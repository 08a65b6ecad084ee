/** How near a due time is; the colours of the page follow it. */
export type Urgency = 'overdue' | 'red' | 'amber' | 'calm'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The same four hours as “due soon” in the counts of the queue. */
export const RED_WITHIN_MS = 4 * HOUR
export const AMBER_WITHIN_MS = 24 * HOUR

/** Both in epoch ms. */
export function urgencyOf(due: number, now: number): Urgency {
  const left = due - now
  if (left <= 0) return 'overdue'
  if (left < RED_WITHIN_MS) return 'red'
  return left < AMBER_WITHIN_MS ? 'amber' : 'calm'
}

export interface Span {
  days: number
  hours: number
  minutes: number
  seconds: number
}

/** Whole seconds, rounded down; the sign is dropped. */
export function spanOf(milliseconds: number): Span {
  const whole = Math.floor(Math.abs(milliseconds) / 1000)
  return {
    days: Math.floor(whole / 86_400),
    hours: Math.floor(whole / 3600) % 24,
    minutes: Math.floor(whole / 60) % 60,
    seconds: whole % 60,
  }
}

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** `04:12:09`, or `2 天 04:12:09` beyond a day. */
export function clockText(milliseconds: number, dayWord: string): string {
  const { days, hours, minutes, seconds } = spanOf(milliseconds)
  const clock = `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds)}`
  return days === 0 ? clock : `${days}${dayWord} ${clock}`
}

export interface SpanWords {
  day: string
  hour: string
  minute: string
  second: string
}

/** The two largest parts: `2 h 13 min`, `3 d 4 h`, `13 min`, `12 s`; `coarse`: only the largest. */
export function spanText(milliseconds: number, words: SpanWords, coarse = false): string {
  const span = spanOf(milliseconds)
  if (coarse && span.days > 0) return joinParts([span.days, words.day])
  if (coarse && span.hours > 0) return joinParts([span.hours, words.hour])
  if (span.days > 0) return joinParts([span.days, words.day], [span.hours, words.hour])
  if (span.hours > 0) return joinParts([span.hours, words.hour], [span.minutes, words.minute])
  if (span.minutes > 0) return joinParts([span.minutes, words.minute])
  return joinParts([span.seconds, words.second])
}

function joinParts(...parts: [number, string][]): string {
  return parts
    .filter(([n], i) => i === 0 || n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(' ')
}
