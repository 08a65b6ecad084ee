import { hash } from 'node:crypto'

/** Identifies a message: the app that received it and its digest in hex. */
export interface MessageRef {
  readonly app: number
  readonly digest: string
}

/** The steps that each message takes once. */
export type TraceStep = 'accept' | 'receive'

/**
 * The trace id of a message is derived from the message itself. So gateway, worker and publisher, on any machine and at
 * any time, write into one trace without passing anything through the tables; without tracing, nothing is stored or
 * computed. A repetition belongs to the trace of the first delivery.
 */
export const traceIdOf = ({ app, digest }: MessageRef): string =>
  hash('sha256', `trace/${app}/${digest}`, 'hex').slice(0, 32)

export const spanIdOf = (traceId: string, step: TraceStep): string =>
  hash('sha256', `${traceId}/${step}`, 'hex').slice(0, 16)
