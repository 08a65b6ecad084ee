import { pino } from 'pino'
import { redact, loggableError } from './redact'

export type LogLevel = 'info' | 'warn' | 'error'
/** What may be logged beside the message: our own ids, counts, and values of fixed lists; never text from outside. */
export type LogDetails = Readonly<Record<string, string | number | boolean>>

export interface LogOptions {
  /** Absent: lines of JSON, except to a terminal. */
  readonly format?: 'json' | 'text' | undefined
  /** Receives whole lines, each with its line end. */
  readonly write?: (writeEntry: string) => void
  readonly now?: () => Date
}

/** One line an event: time, level, part, message, and details that may be logged. */
export class Log {
  private readonly writeEntry: (level: LogLevel, app: string, message: string, detail: LogDetails) => void

  constructor({
    format,
    write = (writeEntry) => void process.stdout.write(writeEntry),
    now = () => new Date(),
  }: LogOptions = {}) {
    const asText = (format ?? (process.stdout.isTTY ? 'text' : 'json')) === 'text'
    const json = pino(
      {
        base: null,
        messageKey: 'msg',
        formatters: { level: (level) => ({ level }) },
        timestamp: () => `,"time":"${now().toISOString()}"`,
      },
      { write },
    )
    this.writeEntry = asText
      ? (level, app, message, detail) => write(formatText(now(), level, app, message, detail))
      : (level, app, message, detail) => json[level]({ app, ...detail }, message)
  }

  write(level: LogLevel, app: string, message: string, detail: LogDetails = {}): void {
    const redacted = Object.entries(detail).map(
      ([name, value]) => [name, typeof value === 'string' ? redact(value) : value] as const,
    )
    this.writeEntry(level, app, redact(message), Object.fromEntries(redacted))
  }

  logError(app: string, message: string, error: unknown): void {
    this.write('warn', app, message, loggableError(error))
  }
}

function formatText(time: Date, level: LogLevel, app: string, message: string, detail: LogDetails): string {
  const levelText = level === 'info' ? '' : `${level.toUpperCase()} `
  const text = message.startsWith(`${app}: `) ? message : `${app}: ${message}`
  const detailText = Object.entries(detail).map(([name, value]) => ` ${name}=${String(value)}`)
  return `${time.toISOString().slice(11, 19)} ${levelText}${text}${detailText.join('')}\n`
}
