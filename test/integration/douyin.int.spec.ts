import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AfterSaleCase, RecordObservation } from '#after-sale'
import { decide, fold } from '#after-sale'
import type { Answer, InboundMessage, StoreSession, CallContext, Translation, PulledWindow } from '#connectors'
import { connectorOf, slidingWindowLimiter } from '#connectors'
import type { RunningSimulator, SimulatorOptions, Truth } from '../../apps/simulator/src'
import { startSimulator } from '../../apps/simulator/src'
import { findContradictions } from '../../libs/connectors/src/contract/suite/contradictions'

const DAY = 24 * 3_600_000
const douyin = connectorOf('douyin')
if (douyin === undefined) throw new Error('no connector')
const { inbound, outbound } = douyin

type Observed = Extract<Translation, { type: 'observed' }>

const rateLimiter = slidingWindowLimiter()
let simulator: RunningSimulator
let stopping: AbortController
let cleanups: (() => Promise<void>)[]

async function startSimulation(options: Partial<SimulatorOptions> = {}): Promise<void> {
  stopping = new AbortController()
  cleanups = []
  simulator = await startSimulator({ seed: 72, standingClock: true, shops: { pinduoduo: 1, douyin: 1 }, ...options })
}
afterEach(async () => {
  stopping.abort()
  await simulator.stop()
  for (const end of cleanups) await end()
})

const ctx = (): CallContext => ({ now: () => simulator.clock.now(), signal: stopping.signal, rateLimiter })
const app = () => ({ appKey: simulator.douyin.appKey, appSecret: simulator.douyin.appSecret })

function session(): StoreSession {
  const [shop] = simulator.douyin.shops
  if (shop === undefined) throw new Error('no shop')
  const { shopId, accessToken, refreshToken } = shop
  return { ...app(), shop: shopId, accessToken, refreshToken, endpoints: { api: simulator.douyin.apiUrl } }
}

function valueOf<T>(answer: Answer<T>): T {
  if (answer.type !== 'ok') throw new Error(JSON.stringify(answer))
  return answer.value
}

/** Retries transient answers, as the worker does. */
async function callWithRetries<T>(call: () => Promise<Answer<T>>, tries = 200): Promise<T> {
  for (;;) {
    const answer = await call()
    if ((answer.type !== 'try-later' && answer.type !== 'unknown') || tries-- === 0) return valueOf(answer)
  }
}

async function pullDays(days: number): Promise<PulledWindow[]> {
  const end = simulator.clock.now() + 1000
  const windows = Array.from({ length: days }, (_, i) => ({
    from: end - (days - i) * DAY,
    to: end - (days - i - 1) * DAY,
  }))
  const read: PulledWindow[] = []
  for (const window of windows) read.push(await callWithRetries(() => outbound.pull(window, session(), ctx())))
  return read
}

async function fetchTruth(): Promise<readonly Truth[]> {
  const answer = await fetch(`${simulator.control.url}/control/truth?limit=10000`)
  const { cases } = (await answer.json()) as { cases: Truth[] }
  return cases.filter(({ marketplace }) => marketplace === 'douyin')
}

const translationOf = ({ channel, raw }: InboundMessage): Translation =>
  inbound.translate({ channel, raw, receivedAt: simulator.clock.now() })

function observationIn(message: InboundMessage): Observed {
  const translation = translationOf(message)
  if (translation.type !== 'observed') throw new Error(JSON.stringify(translation))
  return translation
}

/** A server that receives pushes as the gateway does, and what it received. */
async function startPushServer(): Promise<{ url: string; messages: InboundMessage[]; answers: number[] }> {
  const received = { messages: [] as InboundMessage[], answers: [] as number[] }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const receipt = inbound.receive({ headers: request.headers, body: Buffer.concat(chunks) }, app())
      if (receipt.type === 'accepted') received.messages.push(...receipt.messages)
      received.answers.push(receipt.answer.status)
      response.writeHead(receipt.answer.status).end(receipt.answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`, ...received }
}

const reportOf = ({ case: { caseNumber }, report }: Observed): RecordObservation => ({
  type: 'RecordObservation',
  identity: { organisation: 'o', store: 's', marketplace: 'douyin', caseNumber },
  ...report,
})

function caseAfterReports(reports: readonly RecordObservation[]): AfterSaleCase | undefined {
  let afterSale: AfterSaleCase | undefined
  for (const report of reports) {
    const decision = decide(afterSale, report)
    if (decision.type === 'decided') afterSale = fold(decision.events, afterSale)
  }
  return afterSale
}

const wholeSecond = (ms: number | null): number | null => (ms === null ? null : ms - (ms % 1000))

test('after four days of simulated trade, list and detail of every case equal the platform’s record', async () => {
  await startSimulation({ history: { cases: 160, days: 4 }, pace: { backOfficeShare: 0.5 } })
  const records = await fetchTruth()
  expect(records.length).toBeGreaterThan(50)
  const windows = await pullDays(5)
  for (const { claimed, seen } of windows) expect(seen).toBe(claimed)
  const rows = new Map(
    windows.flatMap(({ messages }) => messages.map(observationIn)).map((row) => [row.case.caseNumber, row]),
  )
  expect([...rows.keys()].sort()).toEqual(records.map(({ caseNumber }) => caseNumber).sort())
  for (const record of records) {
    const row = rows.get(record.caseNumber)
    const detail = observationIn(valueOf(await outbound.read({ caseNumber: record.caseNumber }, session(), ctx())))
    if (row === undefined) throw new Error('no row')
    for (const { case: reference, report } of [row, detail]) {
      expect(reference).toEqual({ caseNumber: record.caseNumber, orderNumber: record.orderNumber })
      expect(report.stamp.revision).toBe(record.updatedMs)
      expect(report.appliedAt).toBe(record.appliedMs)
      expect(report.facets.status?.raw).toBe(String(record.status))
      expect(report.facets.amounts?.total ?? null).toBe(record.refundFen)
      expect(report.facets.deadline).toEqual({ due: wholeSecond(record.deadlineMs), forRaw: String(record.status) })
    }
    // List and detail of the same moment agree in every facet that both carry.
    expect(
      findContradictions([
        { channel: 'list', translation: row },
        { channel: 'detail', translation: detail },
      ]),
    ).toEqual([])
    expect(record.final).toBe(row.report.facets.status?.outcome !== undefined)
  }
})

test('repeated and reordered pushes, with the readings that they request, end in the platform’s state', async () => {
  await startSimulation({ faults: { doubledPushes: 0.3, reorderedPushes: 0.3 }, pace: { backOfficeShare: 0.6 } })
  const received = await startPushServer()
  await simulator.douyin.setPushUrl(received.url)
  expect([received.messages, received.answers]).toEqual([[], [200]])
  for (let i = 0; i < 60; i++) {
    simulator.world.apply()
    simulator.clock.advance(DAY / 20)
  }
  while (simulator.douyin.pushes.backlog > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(new Set(received.answers)).toEqual(new Set([200]))
  const unique = new Map(received.messages.map((translation) => [translation.key, translation]))
  expect(received.messages.length).toBeGreaterThan(unique.size)
  const translations = [...unique.values()].map(translationOf)
  expect(translations.filter(({ type }) => type === 'unintelligible' || type === 'irrelevant')).toEqual([])

  for (const record of await fetchTruth()) {
    const translationsOfCase = translations.filter(
      (translation) =>
        (translation.type === 'observed' || translation.type === 'must-read') &&
        translation.case.caseNumber === record.caseNumber,
    )
    expect(translationsOfCase.length).toBeGreaterThan(0)
    for (const translation of translationsOfCase)
      if (translation.type === 'observed' || translation.type === 'must-read')
        expect(translation.shop).toBe(record.shopId)
    const pushed = translationsOfCase.filter((translation): translation is Observed => translation.type === 'observed')
    const askedFor = translationsOfCase.some(
      (translation) => translation.type === 'must-read' || 'alsoRead' in translation,
    )
    const read = askedFor
      ? [observationIn(valueOf(await outbound.read({ caseNumber: record.caseNumber }, session(), ctx())))]
      : []
    const reports = [...pushed, ...read].map(reportOf)
    const afterSale = caseAfterReports(reports)
    expect(caseAfterReports([...reports].reverse())?.status).toEqual(afterSale?.status)
    expect(afterSale?.status?.raw).toBe(String(record.status))
    expect(afterSale?.amounts?.total).toBe(record.refundFen)
    expect(afterSale?.status?.outcome !== undefined).toBe(record.final)
  }
})

test('moved rows, throttling, server errors and timeouts lose no case', async () => {
  await startSimulation({ history: { cases: 500, days: 4 } })
  const records = await fetchTruth()
  simulator.faults.set({ movedPages: 1, throttleEveryNth: 4, serverErrors: 0.1, timeouts: 0.05, hangMs: 20 })
  const windows = await pullDays(5)
  const seen = new Set(windows.flatMap(({ cases }) => cases.map(({ caseNumber }) => caseNumber)))
  expect(records.filter(({ caseNumber }) => !seen.has(caseNumber))).toEqual([])
})

test('an expired token is refreshed, and the new one works', async () => {
  await startSimulation({ history: { cases: 20, days: 1 } })
  const old = session()
  const window = { from: simulator.clock.now() - DAY, to: simulator.clock.now() }
  simulator.expireTokens()
  expect(await outbound.pull(window, old, ctx())).toEqual({ type: 'token-expired' })
  const tokens = valueOf(await outbound.refresh(old, ctx()))
  expect(tokens.expiresAt).toBeGreaterThan(simulator.clock.now())
  expect((await outbound.pull(window, { ...old, ...tokens }, ctx())).type).toBe('ok')
  const forged = await outbound.refresh({ ...old, refreshToken: 'unknown-token' }, ctx())
  expect(forged.type).toBe('reauthorise')
})

test('an undocumented status is quarantined with its code, on every channel', async () => {
  await startSimulation({ history: { cases: 20, days: 1 }, faults: { unknownStatuses: 1 } })
  const [window] = await pullDays(1)
  const [record] = await fetchTruth()
  const read = valueOf(await outbound.read({ caseNumber: record?.caseNumber ?? '' }, session(), ctx()))
  const messages = [...(window?.messages ?? []), read]
  expect(messages.length).toBeGreaterThan(5)
  for (const translation of messages)
    expect(translationOf(translation)).toMatchObject({ type: 'unintelligible', why: 'unknown aftersale_status 99' })
})

test('an unknown case and a wrong secret are refused', async () => {
  await startSimulation({ history: { cases: 5, days: 1 } })
  const record = { caseNumber: '7000000000000000001' }
  expect((await outbound.read(record, session(), ctx())).type).toBe('refused')
  expect(await outbound.read(record, { ...session(), appSecret: 'wrong' }, ctx())).toMatchObject({
    type: 'refused',
    code: '40003 isv.signature-invalid',
  })
})
