import type { CaseReference, InboundMessage, StoreSession, CallContext, Translation, PulledWindow } from '#connectors'
import { connectorOf, slidingWindowLimiter } from '#connectors'
import type { RunningSimulator, SimulatorOptions, Truth } from '../../apps/simulator/src'
import { startSimulator } from '../../apps/simulator/src'
import { findContradictions } from '../../libs/connectors/src/contract/suite/contradictions'

const MINUTE = 60_000
const pinduoduo = connectorOf('pinduoduo')
if (pinduoduo === undefined) throw new Error('no connector')
const { inbound, outbound } = pinduoduo

type Observed = Extract<Translation, { type: 'observed' }>

const rateLimiter = slidingWindowLimiter()
let simulator: RunningSimulator
let stopping: AbortController

async function startSimulation(options: Partial<SimulatorOptions> = {}): Promise<void> {
  stopping = new AbortController()
  simulator = await startSimulator({ seed: 71, standingClock: true, shops: { pinduoduo: 1, douyin: 1 }, ...options })
}
afterEach(async () => {
  stopping.abort()
  await simulator.stop()
})

const ctx = (): CallContext => ({ now: () => simulator.clock.now(), signal: stopping.signal, rateLimiter })
const shopAccess = () => {
  const [shop] = simulator.pinduoduo.shops
  if (shop === undefined) throw new Error('no shop')
  return shop
}
function session(): StoreSession {
  const { apiUrl, clientId, clientSecret } = simulator.pinduoduo
  const { mallId, accessToken, refreshToken } = shopAccess()
  return {
    appKey: clientId,
    appSecret: clientSecret,
    shop: mallId,
    accessToken,
    refreshToken,
    endpoints: { api: apiUrl },
  }
}
async function pull(from: number, to: number): Promise<PulledWindow> {
  const read = await outbound.pull({ from, to }, session(), ctx())
  if (read.type !== 'ok') throw new Error(JSON.stringify(read))
  return read.value
}
async function fetchTruth(): Promise<readonly Truth[]> {
  const answer = await fetch(`${simulator.control.url}/control/truth?limit=10000`)
  const { cases } = (await answer.json()) as { cases: Truth[] }
  return cases.filter(({ marketplace }) => marketplace === 'pinduoduo')
}
function observationIn({ channel, raw }: InboundMessage): Observed {
  const translation = inbound.translate({ channel, raw, receivedAt: simulator.clock.now() })
  if (translation.type !== 'observed') throw new Error(JSON.stringify(translation))
  return translation
}

test('after four days of simulated trade, list and detail of every case equal the platform’s record', async () => {
  await startSimulation({ history: { cases: 140, days: 4 }, pace: { backOfficeShare: 0.5 } })
  const records = await fetchTruth()
  expect(records.length).toBeGreaterThan(50)
  // Windows have at most thirty minutes, so each case is pulled by the window around its last change.
  const rows = new Map<string, Observed>()
  for (const { caseNumber, updatedMs } of records) {
    if (rows.has(caseNumber)) continue
    for (const message of (await pull(updatedMs - 15 * MINUTE, updatedMs + 14 * MINUTE)).messages) {
      const row = observationIn(message)
      rows.set(row.case.caseNumber, row)
    }
  }
  expect([...rows.keys()].sort()).toEqual(records.map(({ caseNumber }) => caseNumber).sort())
  const kinds = ['refund-only', 'return-and-refund', 'exchange', 'resend', 'repair']
  for (const record of records) {
    const row = rows.get(record.caseNumber)
    const ref: CaseReference = { caseNumber: record.caseNumber, orderNumber: record.orderNumber }
    const read = await outbound.read(ref, session(), ctx())
    if (row === undefined || read.type !== 'ok') throw new Error(JSON.stringify(read))
    const detail = observationIn(read.value)
    for (const { case: reference, report } of [row, detail]) {
      expect(reference).toEqual(ref)
      expect(report.stamp.revision).toBe(record.updatedMs - (record.updatedMs % 1000))
      expect(report.facets.status?.raw).toBe(String(record.status))
      expect(report.facets.kind?.kind).toBe(kinds[record.type - 1])
      expect(report.facets.amounts?.total ?? null).toBe(record.refundFen)
    }
    expect(detail.report.facets.deadline).toEqual({ due: record.deadlineMs, forRaw: String(record.status) })
    expect(row.alsoRead === undefined).toBe(record.final)
    // List and detail of the same moment must not contradict each other.
    expect(
      findContradictions([
        { channel: 'list', translation: row },
        { channel: 'detail', translation: detail },
      ]),
    ).toEqual([])
  }
})

test('rows that move between pages during a pull are all read', async () => {
  await startSimulation()
  const from = simulator.clock.now()
  const applied = Array.from({ length: 350 }, () => simulator.world.apply({ shopId: shopAccess().mallId, quiet: true }))
  simulator.clock.advance(29 * MINUTE)
  simulator.faults.set({ movedPages: 1 })
  const first = await pull(from - 1000, from + MINUTE)
  expect(simulator.faults.counted.moved).toBeGreaterThan(1)
  simulator.faults.clear()
  const later = await pull(simulator.clock.now() - MINUTE, simulator.clock.now() + 1000)
  const seen = new Set([...first.cases, ...later.cases].map(({ caseNumber }) => caseNumber))
  expect([...seen].sort()).toEqual(applied.map(({ number }) => number).sort())
  expect(first.seen).toBe(first.claimed)
})

test('an expired token is refreshed, and the shop can be read again', async () => {
  await startSimulation()
  const record = simulator.world.apply({ shopId: shopAccess().mallId, quiet: true })
  const old = session()
  const ref = { caseNumber: record.number, orderNumber: record.orderNumber }
  simulator.expireTokens()
  expect(await outbound.read(ref, old, ctx())).toEqual({ type: 'token-expired' })
  const fresh = await outbound.refresh(old, ctx())
  if (fresh.type !== 'ok') throw new Error(JSON.stringify(fresh))
  expect(await outbound.read(ref, { ...old, ...fresh.value }, ctx())).toMatchObject({ type: 'ok' })
  expect(await outbound.subscribe?.({ ...old, ...fresh.value }, ctx())).toEqual({ type: 'ok', value: undefined })
  expect(await outbound.refresh({ ...old, refreshToken: 'invented' }, ctx())).toMatchObject({ type: 'reauthorise' })
  expect(await outbound.read(ref, { ...old, appSecret: 'wrong' }, ctx())).toMatchObject({
    type: 'refused',
    code: '20004',
  })
  expect(await outbound.read({ ...ref, caseNumber: '1' }, { ...old, ...fresh.value }, ctx())).toMatchObject({
    type: 'refused',
  })
})

test('throttling is answered try-later, server errors and timeouts unknown, and an undocumented status is named', async () => {
  await startSimulation()
  const record = simulator.world.apply({ shopId: shopAccess().mallId, quiet: true })
  const read = () => outbound.read({ caseNumber: record.number, orderNumber: record.orderNumber }, session(), ctx())
  simulator.faults.set({ throttleEveryNth: 1 })
  expect(await read()).toMatchObject({ type: 'try-later' })
  simulator.faults.set({ throttleEveryNth: 0, serverErrors: 1 })
  expect(await read()).toEqual({ type: 'unknown', why: 'HTTP 500' })
  simulator.faults.set({ serverErrors: 0, timeouts: 1, hangMs: 20 })
  expect(await read()).toMatchObject({ type: 'unknown' })
  simulator.faults.set({ timeouts: 0, unknownStatuses: 1 })
  const answer = await read()
  if (answer.type !== 'ok') throw new Error(JSON.stringify(answer))
  expect(inbound.translate({ ...answer.value, receivedAt: 0 })).toEqual({
    type: 'unintelligible',
    why: 'detail: after_sales_status 99 is not in the table',
  })
})

test('every message arrives under one key although messages are repeated, reordered and refused at first', async () => {
  await startSimulation({ redeliverMs: 40, faults: { doubledPushes: 0.3, reorderedPushes: 0.3 } })
  const { clientId, clientSecret, messageUrl, messages } = simulator.pinduoduo
  const received = new Map<string, InboundMessage>()
  const expected = new Set<string>()
  let refused = 0
  let resolveArrived: () => void = () => undefined
  const everyCaseArrived = new Promise<void>((resolve) => (resolveArrived = resolve))
  const resolveWhenAllArrived = (): void => {
    const arrived = new Set([...received.values()].map((message) => caseNumberIn(message)))
    if (expected.size === 60 && [...expected].every((number) => arrived.has(number))) resolveArrived()
  }
  const listening = outbound.listen?.(
    { appKey: clientId, appSecret: clientSecret, endpoints: { messages: messageUrl } },
    (batch) => {
      // Of several that are refused together the parts are offered again: three are refused alone.
      if (refused < 3) {
        if (batch.length === 1) refused++
        return Promise.reject(new Error('not now'))
      }
      for (const message of batch) received.set(message.key, message)
      resolveWhenAllArrived()
      return Promise.resolve()
    },
    { connected: () => undefined, disconnected: () => undefined },
    ctx(),
  )
  for (let i = 0; i < 60; i++) expected.add(simulator.world.apply({ shopId: shopAccess().mallId, quiet: true }).number)
  resolveWhenAllArrived()
  await everyCaseArrived
  expect(messages.counted.failed).toBeGreaterThan(0)
  expect(messages.counted.redelivered).toBeGreaterThan(0)
  expect([...received.values()].filter((message) => message.key.includes('RefundCreated'))).toHaveLength(60)
  expect(new Set([...received.values()].map(({ shop }) => shop))).toEqual(new Set([shopAccess().mallId]))
  stopping.abort()
  await listening
  expect(messages.connected).toBe(false)
})

function caseNumberIn({ channel, raw }: InboundMessage): string {
  const translation = inbound.translate({ channel, raw, receivedAt: 0 })
  if (translation.type !== 'must-read') throw new Error(translation.type)
  return translation.case.caseNumber
}
