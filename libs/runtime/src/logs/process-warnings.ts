import type { Log } from './log'
import { redact } from './redact'

/**
 * Writes the warnings of Node and of libraries (`process.emitWarning`) as lines of the log, each name and code once.
 * Node's own listener prints them to stderr in a format of its own, which log collectors that expect JSON reject, and
 * some come with every call: Node 24 warns of each negative timeout, and kafkajs 2.2.4 sets many. The text stays out,
 * as that of errors does: it may quote what was received.
 */
export function logWarnings(log: Log, app: string): void {
  const seen = new Set<string>()
  process.removeAllListeners('warning')
  process.on('warning', (warning: Error & { readonly code?: unknown }) => {
    const code = typeof warning.code === 'string' ? warning.code : undefined
    const key = `${warning.name} ${code}`
    if (seen.has(key)) return
    seen.add(key)
    log.write('warn', app, 'process warning', {
      warning: redact(warning.name),
      ...(code === undefined ? {} : { code: redact(code) }),
    })
  })
}
