import { createHash } from 'node:crypto'
import { waitUntil } from '../processes/wait-until'
import type { RealProcess } from '../processes/real-process'
import { freePort, startProcess } from '../processes/real-process'
import type { KafkaDeployment } from '../kafka/kafka-deployment'
import { openKafkaDeployment } from '../kafka/kafka-deployment'
import type { TopicMessage } from '../kafka/read-topic'
import { DOUYIN_APP, refundPush, signed } from '../support/stack'
import { startOtlpReceiver } from './otlp-receiver'

const CASE_NUMBER = '7000893114000000077'

let deployment: KafkaDeployment
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
let gateway: RealProcess
let worker: RealProcess
let published: TopicMessage[] = []
const ports = { push: 0, gateway: 0, worker: 0 }

const push = async (body: string, headers: Record<string, string>): Promise<number> =>
  (await fetch(`http://127.0.0.1:${ports.push}/push/douyin/${DOUYIN_APP.appKey}`, { method: 'POST', body, headers }))
    .status
const metricsAt = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()

beforeAll(async () => {
  receiver = await startOtlpReceiver()
  deployment = await openKafkaDeployment()
  for (const name of ['push', 'gateway', 'worker'] as const) ports[name] = await freePort()
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }
  const key = createHash('sha256').update('a key of the test').digest('base64')
  worker = deployment.worker({ ...tracing, METRICS_PORT: String(ports.worker) })
  gateway = startProcess(
    'gateway',
    {
      ...tracing,
      DATABASE_URL: deployment.url,
      SHOUHOU_KEY: key,
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_PORT: String(ports.push),
      METRICS_PORT: String(ports.gateway),
    },
    (output) => Promise.resolve(output.includes('gateway: metrics at')),
  )
  await Promise.all([worker.startedIn, gateway.startedIn])
  const body = JSON.stringify([refundPush({ caseNumber: CASE_NUMBER, at: Date.now() })])
  expect([
    await push(body, signed(Buffer.from(body))),
    await push(body, signed(Buffer.from(body))),
    await push(body, {}),
  ]).toEqual([200, 200, expect.any(Number)])
  await waitUntil(
    'the case is published',
    async () => (published = await deployment.messagesIn('case-events')).length > 0,
    30_000,
  )
})
afterAll(async () => {
  if (!gateway.ended()) await gateway.kill()
  await deployment.close()
  await receiver.close()
})

describe('a delivery, watched through traces, metrics and logs', () => {
  it('is one trace, from its push through the worker to the message in Kafka', async () => {
    const [, traceId = '', publishing = '', flags] = published[0]?.headers['ce_traceparent']?.split('-') ?? []
    expect(flags).toBe('01')
    const spansOfTrace = () => receiver.spans.filter((span) => span.traceId === traceId)
    await waitUntil(
      'all spans have arrived',
      () =>
        ['gateway.accept', 'worker.receive'].every((name) => spansOfTrace().some((s) => s.name === name)) &&
        spansOfTrace().some((s) => s.spanId === publishing),
      20_000,
    )
    const spanNamed = (name: string) => spansOfTrace().find((span) => span.name === name)
    const publishSpan = spansOfTrace().find(({ spanId }) => spanId === publishing)
    expect(spanNamed('gateway.accept')).toMatchObject({ service: 'shouhou-gateway', parentSpanId: undefined })
    expect(spanNamed('worker.receive')).toMatchObject({
      service: 'shouhou-worker',
      parentSpanId: spanNamed('gateway.accept')?.spanId,
    })
    expect(publishSpan).toMatchObject({
      service: 'shouhou-worker',
      name: 'publish',
      parentSpanId: spanNamed('worker.receive')?.spanId,
    })
  })

  it('is counted as accepted, refused and published', async () => {
    const [atGateway, atWorker] = [await metricsAt(ports.gateway), await metricsAt(ports.worker)]
    expect(atGateway).toContain('shouhou_deliveries_total{marketplace="douyin",outcome="accepted",app="gateway"} 2')
    expect(atGateway).toContain('shouhou_deliveries_total{marketplace="douyin",outcome="forged",app="gateway"} 1')
    expect(atGateway).toContain('shouhou_messages_total{outcome="new",app="gateway"} 1')
    expect(atGateway).toContain('shouhou_messages_total{outcome="repeated",app="gateway"} 1')
    expect(atGateway).toContain('shouhou_push_acknowledgement_seconds_count{app="gateway",marketplace="douyin"} 2')
    expect(atWorker).toContain('shouhou_cases{turn="us",app="worker"} 1')
    expect(atWorker).toContain('shouhou_sounding_up{sounding="publishing",app="worker"} 1')
    expect(Number(/^shouhou_published_events_total\{app="worker"\} (\d+)/m.exec(atWorker)?.[1])).toBeGreaterThanOrEqual(
      published.length,
    )
    expect(atWorker).toMatch(/^shouhou_loop_turns_total\{loop="receive",app="worker"\} [1-9]/m)
  })

  it('leaves no case number and no Chinese text in metrics, logs or traces; every log line is JSON', async () => {
    const lines = `${gateway.output()}${worker.output()}`.split('\n').filter((line) => line !== '')
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({
        level: expect.any(String) as string,
        time: expect.any(String) as string,
        msg: expect.any(String) as string,
      })
    const everythingPrinted = [
      ...lines,
      await metricsAt(ports.gateway),
      await metricsAt(ports.worker),
      ...receiver.texts,
    ].join('\n')
    expect(everythingPrinted).not.toContain(CASE_NUMBER)
    expect(everythingPrinted).not.toMatch(/\p{Script=Han}/u)
  })

  it('does not keep the gateway from exiting with code 0 when stopped', async () => {
    await gateway.stop()
    expect(await gateway.untilEnded(1_000)).toBe(0)
  })
})
