import { randomBytes } from 'node:crypto'
import type { WatchSettings } from '../process/watch.settings'
import type { NextIds } from './tracing'
import { Tracing } from './tracing'

/**
 * `undefined` where no endpoint is set: then OpenTelemetry's SDK is not even loaded. @throws where it is wanted and not
 * installed (its packages are optional).
 */
export async function openTracing(
  app: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: sampledShare = '1' }: WatchSettings,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined
  const [sdk, otlp, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]).catch(() =>
    Promise.reject(
      new Error(
        'OTEL_EXPORTER_OTLP_ENDPOINT: traces need the optional packages; install with npm ci --include=optional',
      ),
    ),
  )
  const nextIds: NextIds = {}
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': `shouhou-${app}`,
      'service.namespace': 'shouhou',
      'service.instance.id': `${app}-${process.pid}`,
    }),
    sampler: new sdk.TraceIdRatioBasedSampler(Number(sampledShare)),
    idGenerator: {
      generateTraceId: () => nextIds.trace ?? randomBytes(16).toString('hex'),
      generateSpanId: () => nextIds.span ?? randomBytes(8).toString('hex'),
    },
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        new otlp.OTLPTraceExporter({
          url: `${endpoint.endsWith('/') ? endpoint.slice(0, -1) : endpoint}/v1/traces`,
          timeoutMillis: 3_000,
        }),
        { scheduledDelayMillis: 1_000, maxQueueSize: 8_192 },
      ),
    ],
  })
  return new Tracing(provider.getTracer('shouhou'), nextIds, () => provider.shutdown())
}
