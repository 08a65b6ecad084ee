import { loggableError } from './redact'
import type { LogDetails, LogLevel, Log } from './log'

/** Contexts of Nest that log each module and route at the start: these lines are left out. */
const START_UP_CONTEXTS = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestMicroservice',
])

/**
 * A Nest logger that writes to our log. Nest passes a text, perhaps details or a stack, and last the context's name.
 * Stacks and the texts of errors are left out: they may quote what was received.
 */
export class NestLog {
  constructor(
    private readonly entries: Log,
    private readonly app: string,
  ) {}

  log(message: unknown, ...more: unknown[]): void {
    this.writeEntry('info', message, more)
  }
  warn(message: unknown, ...more: unknown[]): void {
    this.writeEntry('warn', message, more)
  }
  error(message: unknown, ...more: unknown[]): void {
    this.writeEntry('error', message, more)
  }
  fatal(message: unknown, ...more: unknown[]): void {
    this.writeEntry('error', message, more)
  }
  debug(): void {}
  verbose(): void {}

  private writeEntry(level: LogLevel, message: unknown, more: readonly unknown[]): void {
    const last = more.at(-1)
    const context = typeof last === 'string' && !last.includes('\n') ? last : undefined
    if (level === 'info' && context !== undefined && START_UP_CONTEXTS.has(context)) return
    const detail = more.find(isDetail) ?? {}
    // The framework's own exceptions arrive as a text and a stack: the text may quote a person, so it is left out.
    const isException =
      message instanceof Error || more.some((one) => typeof one === 'string' && one.includes('\n    at '))
    if (isException) this.entries.write(level, context ?? this.app, 'something was thrown', loggableError(message))
    else
      this.entries.write(
        level,
        context ?? this.app,
        typeof message === 'string' ? message : 'something was said that is no text',
        detail,
      )
  }
}

const isDetail = (one: unknown): one is LogDetails => typeof one === 'object' && one !== null && !(one instanceof Error)
