import type { Attributes, Span, SpanContext, Tracer } from '@opentelemetry/api'
import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import type { MessageRef, TraceStep } from './trace-ids'
import { spanIdOf, traceIdOf } from './trace-ids'

/** The ids that the SDK's id generator gives to the next span; absent: random ones. */
export interface NextIds {
  trace?: string | undefined
  span?: string | undefined
}

/** When a finished step began and ended, ms since 1970 by this machine's clock. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

export interface OpenSpan {
  /** The `traceparent` of W3C Trace Context, for the next process. */
  readonly traceparent: string
  end(ok: boolean): void
}

/** Writes the steps of messages into their traces. Nothing here throws or waits: tracing must not disturb the work. */
export class Tracing {
  constructor(
    private readonly tracer: Tracer,
    private readonly next: NextIds,
    private readonly flush: () => Promise<void>,
  ) {}

  /** Records a step that a message has taken, as a span; `after` is the step before, its parent. */
  recordStep(
    name: string,
    message: MessageRef,
    { step, after }: { readonly step: TraceStep; readonly after?: TraceStep },
    { from, to }: TimeSpan,
    attributes: Attributes = {},
  ): void {
    const traceId = traceIdOf(message)
    this.next.trace = traceId
    this.next.span = spanIdOf(traceId, step)
    const parent =
      after === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remoteSpanContext(traceId, after))
    this.tracer.startSpan(name, { startTime: from, attributes }, parent).end(to)
    this.clearNextIds()
  }

  /** Records the first step of messages that were stored in one write. */
  recordAccepted(name: string, messages: readonly MessageRef[], duration: TimeSpan): void {
    for (const message of messages)
      this.recordStep(name, message, { step: 'accept' }, duration, {
        'shouhou.app.id': message.app,
        'shouhou.batch': messages.length,
      })
  }

  /** Records the second step of messages that were interpreted, with all that follows from them, in one transaction. */
  recordReceived(name: string, messages: readonly MessageRef[], duration: TimeSpan): void {
    for (const message of messages)
      this.recordStep(name, message, { step: 'receive', after: 'accept' }, duration, {
        'shouhou.app.id': message.app,
        'shouhou.batch': messages.length,
      })
  }

  /** Begins a span for work that follows from a message after that step and continues in another process. */
  beginSpan(name: string, message: MessageRef, after: TraceStep, attributes: Attributes = {}): OpenSpan {
    const parent = trace.setSpanContext(ROOT_CONTEXT, remoteSpanContext(traceIdOf(message), after))
    const span = this.tracer.startSpan(name, { attributes }, parent)
    return { traceparent: formatTraceparent(span.spanContext()), end: (ok) => endSpan(span, ok) }
  }

  /** Flushes unsent spans, for a few seconds at most. */
  async stop(): Promise<void> {
    await this.flush().catch(() => undefined)
  }

  private clearNextIds(): void {
    this.next.trace = undefined
    this.next.span = undefined
  }
}

// Whether a trace is kept follows from its id, so every process decides the same; the flag here is not used.
const remoteSpanContext = (traceId: string, step: TraceStep): SpanContext => ({
  traceId,
  spanId: spanIdOf(traceId, step),
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
})

export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`

function endSpan(span: Span, ok: boolean): void {
  if (!ok) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
