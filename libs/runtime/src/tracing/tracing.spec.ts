import { WatchSettings } from '../process/watch.settings'
import { openTracing } from './open-tracing'
import { spanIdOf, traceIdOf } from './trace-ids'

const MARK = { app: 3, digest: '00112233445566778899aabbccddeeff' }

describe('the trace of a message', () => {
  it('has the same id wherever it is computed, and another for another app or message', () => {
    const trace = traceIdOf(MARK)
    expect(trace).toMatch(/^[0-9a-f]{32}$/)
    expect(traceIdOf({ ...MARK })).toBe(trace)
    expect(traceIdOf({ ...MARK, app: 4 })).not.toBe(trace)
    expect(traceIdOf({ ...MARK, digest: '10112233445566778899aabbccddeeff' })).not.toBe(trace)
    expect(new Set([spanIdOf(trace, 'accept'), spanIdOf(trace, 'receive')]).size).toBe(2)
  })
})

describe('tracing', () => {
  it('is off where no endpoint is set', async () => {
    expect(await openTracing('worker', new WatchSettings())).toBeUndefined()
  })

  it('puts into traceparent whether the trace is sampled, and gives each step another id', async () => {
    const nowhere = Object.assign(new WatchSettings(), { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })
    const all = await openTracing('worker', nowhere)
    const none = await openTracing(
      'worker',
      Object.assign(new WatchSettings(), nowhere, { OTEL_TRACES_SAMPLER_ARG: '0' }),
    )
    const [kept, again, dropped] = [
      all?.beginSpan('publish', MARK, 'receive'),
      all?.beginSpan('publish', MARK, 'receive'),
      none?.beginSpan('publish', MARK, 'receive'),
    ]
    expect(kept?.traceparent).toMatch(new RegExp(`^00-${traceIdOf(MARK)}-[0-9a-f]{16}-01$`))
    expect(again?.traceparent).not.toBe(kept?.traceparent)
    expect(dropped?.traceparent).toMatch(new RegExp(`^00-${traceIdOf(MARK)}-[0-9a-f]{16}-00$`))
    await Promise.all([all?.stop(), none?.stop()])
  })
})
