import { pino } from 'pino'
import { redact, errorOf } from './redact'

export type Level = 'info' | 'warn' | 'error'
/** Ids of ours, counts, words of a fixed list. */
export type Detail = Readonly<Record<string, string | number | boolean>>

export interface LogOptions {
  /** Absent: lines of JSON, except to a terminal. */
  readonly format?: 'json' | 'text' | undefined
  /** Receives whole lines, each with its line end. */
  readonly write?: (line: string) => void
  readonly now?: () => Date
}

/** One line an event: time, level, part, message, and details that may be logged. */
export class Log {
  private readonly line: (level: Level, app: string, what: string, detail: Detail) => void

  constructor({ format, write = (line) => void process.stdout.write(line), now = () => new Date() }: LogOptions = {}) {
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
    this.line = asText
      ? (level, app, what, detail) => write(textOf(now(), level, app, what, detail))
      : (level, app, what, detail) => json[level]({ app, ...detail }, what)
  }

  write(level: Level, app: string, what: string, detail: Detail = {}): void {
    const redacted = Object.entries(detail).map(
      ([name, value]) => [name, typeof value === 'string' ? redact(value) : value] as const,
    )
    this.line(level, app, redact(what), Object.fromEntries(redacted))
  }

  trouble(app: string, what: string, error: unknown): void {
    this.write('warn', app, what, errorOf(error))
  }
}

function textOf(at: Date, level: Level, app: string, what: string, detail: Detail): string {
  const levelText = level === 'info' ? '' : `${level.toUpperCase()} `
  const text = what.startsWith(`${app}: `) ? what : `${app}: ${what}`
  const more = Object.entries(detail).map(([name, value]) => ` ${name}=${String(value)}`)
  return `${at.toISOString().slice(11, 19)} ${levelText}${text}${more.join('')}\n`
}
