import type { Attributes, Span, SpanContext, Tracer } from '@opentelemetry/api'
import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import type { Mark, Step } from './trace-ids'
import { spanIdOf, traceIdOf } from './trace-ids'

/** Ids for the next span that is begun; without them it gets some by chance. */
export interface NextIds {
  trace?: string | undefined
  span?: string | undefined
}

/** A step that is over: when it began and ended, ms since 1970 by this machine's clock. */
export interface Took {
  readonly from: number
  readonly to: number
}

export interface Begun {
  /** As W3C Trace Context writes it, for the next process. */
  readonly traceparent: string
  end(ok: boolean): void
}

/** Writes what becomes of messages into their traces. Nothing here throws or waits: who traces must not stand in the way. */
export class Tracing {
  constructor(
    private readonly tracer: Tracer,
    private readonly next: NextIds,
    private readonly flush: () => Promise<void>,
  ) {}

  /** A step that a message has taken; `after`: the one before. */
  step(
    name: string,
    mark: Mark,
    { step, after }: { readonly step: Step; readonly after?: Step },
    { from, to }: Took,
    attributes: Attributes = {},
  ): void {
    const traceId = traceIdOf(mark)
    this.next.trace = traceId
    this.next.span = spanIdOf(traceId, step)
    const parent = after === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remote(traceId, after))
    this.tracer.startSpan(name, { startTime: from, attributes }, parent).end(to)
    this.forget()
  }

  /** Messages that were made durable together: the first step of each. */
  acceptedAll(name: string, marks: readonly Mark[], took: Took): void {
    for (const mark of marks)
      this.step(name, mark, { step: 'accept' }, took, { 'shouhou.app.id': mark.app, 'shouhou.batch': marks.length })
  }

  /** Messages that were understood, and whatever follows from them written, in one transaction. */
  receivedAll(name: string, marks: readonly Mark[], took: Took): void {
    for (const mark of marks)
      this.step(name, mark, { step: 'receive', after: 'accept' }, took, {
        'shouhou.app.id': mark.app,
        'shouhou.batch': marks.length,
      })
  }

  /** Something that follows from a message after that step, and continues elsewhere. */
  begin(name: string, mark: Mark, after: Step, attributes: Attributes = {}): Begun {
    const parent = trace.setSpanContext(ROOT_CONTEXT, remote(traceIdOf(mark), after))
    const span = this.tracer.startSpan(name, { attributes }, parent)
    return { traceparent: traceparentOf(span.spanContext()), end: (ok) => endOf(span, ok) }
  }

  /** Sends what was not sent yet, for a few seconds at most. */
  async stop(): Promise<void> {
    await this.flush().catch(() => undefined)
  }

  private forget(): void {
    this.next.trace = undefined
    this.next.span = undefined
  }
}

// Whether a trace is kept follows from its id, so every process decides the same; the flag here is not used.
const remote = (traceId: string, step: Step): SpanContext => ({
  traceId,
  spanId: spanIdOf(traceId, step),
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
})

export const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`

function endOf(span: Span, ok: boolean): void {
  if (!ok) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
