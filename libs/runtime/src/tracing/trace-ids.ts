import { hash } from 'node:crypto'

/** What marks a message for ever: the app that it came by, and the digest under which it is kept, in hex. */
export interface Mark {
  readonly app: number
  readonly digest: string
}

/** The steps that each message takes once. */
export type Step = 'accept' | 'receive'

/**
 * The trace of a message follows from the message itself. So gateway, worker and publisher, on whatever machines and
 * however much later, write into one trace without handing anything on through the tables; without tracing, nothing
 * is stored and nothing is worked out. A repetition belongs to the trace of the first.
 */
export const traceIdOf = ({ app, digest }: Mark): string => hash('sha256', `trace/${app}/${digest}`, 'hex').slice(0, 32)

export const spanIdOf = (traceId: string, step: Step): string =>
  hash('sha256', `${traceId}/${step}`, 'hex').slice(0, 16)
