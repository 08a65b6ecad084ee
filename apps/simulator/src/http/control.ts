import type { AllowedHosts } from '#runtime/http'
import { isForeign } from '#runtime/http'
import type { Answer, Call } from './http-service'
import type { RunningSimulator } from '../running'
import type { CaseKind } from '../world/case'
import { caseKinds } from '../world/case'
import { registrationOf } from '../registration'
import { pageOfTruth, truthOf } from '../world/truth'

type Body = Readonly<Record<string, unknown>>

/** What the control API may use of the running simulator. */
export type Controlled = Omit<RunningSimulator, 'control' | 'save' | 'stop'>

/** Applications in one request: more would hold up the process, which creates them without a pause. */
const MOST_AT_ONCE = 100_000
const JSON_TYPE = /^application\/json(?:\s*;.*)?$/i
/** The clock is moved by an hour at a time, so that requests are answered in between. */
const SLICE_MS = 3_600_000

/**
 * `/control/*`: for people and tests on this machine. No web page may call it through a browser: neither under a host
 * name of its own, nor across sites, nor by a form, which cannot send JSON. `allowedHosts`: which other hosts may call it.
 */
export async function answerControl(
  simulator: Controlled,
  call: Call,
  allowedHosts: AllowedHosts = {},
): Promise<Answer> {
  if (!call.loopback) return jsonAnswer(403, { error: 'the control API answers on the loopback address only' })
  if (isForeign(call.headers, allowedHosts)) return jsonAnswer(403, { error: 'the control API is not for web pages' })
  if (call.method === 'POST' && !JSON_TYPE.test(call.headers['content-type'] ?? ''))
    return jsonAnswer(415, { error: 'the content type must be application/json' })
  try {
    return await route(simulator, call)
  } catch (error) {
    return jsonAnswer(400, { error: error instanceof Error ? error.message : 'failed' })
  }
}

async function route(simulator: Controlled, call: Call): Promise<Answer> {
  const { clock, world, faults } = simulator
  clock.settle()
  const body = call.method === 'POST' ? parseBody(call.body) : {}
  switch (`${call.method} ${call.path}`) {
    case 'GET /control/status':
      return jsonAnswer(200, statusOf(simulator))
    case 'GET /control/registration':
      return jsonAnswer(200, registrationOf(simulator.opened.map(({ registration }) => registration)))
    case 'GET /control/clock':
      return jsonAnswer(200, { now: clock.now(), offset: clock.offset })
    case 'POST /control/clock': {
      const ms = numberParam(body, 'advanceSeconds', 0) * 1000 + numberParam(body, 'advanceHours', 0) * 3_600_000
      const ran = await passTime(clock, ms)
      return jsonAnswer(200, { now: clock.now(), offset: clock.offset, ran })
    }
    case 'GET /control/faults':
      return jsonAnswer(200, { settings: faults.settings, strikes: faults.planned.current, counted: faults.counted })
    case 'POST /control/faults': {
      const { expireTokens, tokensExpireInSeconds, clear, strikes, ...changes } = body
      if (clear === true) faults.clear()
      faults.set(changes)
      if (strikes !== undefined) faults.planned.set(strikes)
      if (expireTokens === true) simulator.expireTokens()
      if (tokensExpireInSeconds !== undefined)
        simulator.expireTokens(numberParam(body, 'tokensExpireInSeconds', 0) * 1000)
      return jsonAnswer(200, { settings: faults.settings, strikes: faults.planned.current, counted: faults.counted })
    }
    case 'GET /control/automation':
      return jsonAnswer(200, Object.fromEntries(world.automations.snapshot()))
    case 'POST /control/automation': {
      const { shopId, ...wanted } = body
      return jsonAnswer(200, world.automations.change(String(shopId as string), wanted, clock.now()))
    }
    case 'GET /control/truth':
      return truthAnswer(simulator, call.query)
    case 'POST /control/apply':
      return jsonAnswer(200, applyForAfterSale(simulator, body))
    case 'POST /control/pace': {
      if (body['on'] === false) simulator.arrivals.setPace(0)
      else if (body['applicationsPerMinute'] !== undefined)
        simulator.arrivals.setPace(numberParam(body, 'applicationsPerMinute', 0))
      for (const share of ['backOfficeShare', 'hurry'] as const) {
        const value = numberParam(body, share, world.people[share])
        if (value < 0 || value > 1) throw new RangeError(`${share} must be a number from 0 to 1`)
        world.people[share] = value
      }
      return jsonAnswer(200, { applicationsPerMinute: simulator.arrivals.applicationsPerMinute, ...world.people })
    }
    case 'GET /control/calls':
      return jsonAnswer(200, {
        reads: simulator.calls.reads,
        repeated: simulator.calls.repeated(),
        actions: simulator.calls.last(Math.min(10_000, Number(call.query.get('last') ?? 200))),
      })
    default:
      return ownControl(simulator, call, body)
  }
}

/** A control call that only one of the marketplaces has. */
async function ownControl({ opened }: Controlled, { method, path }: Call, body: Body): Promise<Answer> {
  const name = path.replace(/^\/control\//, '')
  const run = opened.map(({ market }) => market.controls?.[name]).find((one) => one !== undefined)
  if (method !== 'POST' || run === undefined) return jsonAnswer(404, { error: `no ${method} ${path}` })
  return jsonAnswer(200, await run(body))
}

/** Hour by hour, so that messages are sent and answered on the way, instead of all at the end of one long jump. */
async function passTime(clock: Controlled['clock'], ms: number): Promise<number> {
  let ran = 0
  for (let rest = ms; rest > 0; rest -= SLICE_MS) {
    ran += clock.advance(Math.min(rest, SLICE_MS))
    await new Promise((turn) => setImmediate(turn))
  }
  return ran
}

function statusOf(simulator: Controlled): unknown {
  const { world, clock, opened, arrivals, faults } = simulator
  return {
    now: clock.now(),
    offset: clock.offset,
    cases: world.size,
    announcements: world.announced,
    scheduled: clock.pending,
    pace: { applicationsPerMinute: arrivals.applicationsPerMinute, ...world.people },
    faults: faults.settings,
    ...Object.fromEntries(opened.map(({ id, market, registration }) => [id, market.status(registration)])),
  }
}

/** Pages by `offset` and `limit`; `format=ndjson` gives all cases, one a line. */
function truthAnswer(simulator: Controlled, query: URLSearchParams): Answer {
  const { world } = simulator
  if (query.get('format') === 'ndjson') {
    const lines = world.page(0, world.size).map((record) => JSON.stringify(truthOf(record, simulator)))
    return { status: 200, type: 'application/x-ndjson; charset=utf-8', body: lines.map((line) => `${line}\n`).join('') }
  }
  const whole = (name: string, otherwise: number): number => {
    const value = Number(query.get(name) ?? otherwise)
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number`)
    return value
  }
  return jsonAnswer(200, pageOfTruth(simulator, whole('offset', 0), Math.min(20_000, whole('limit', 2000))))
}

function applyForAfterSale(simulator: Controlled, body: Body): unknown {
  const { world } = simulator
  const count = numberParam(body, 'count', 1)
  const groupOrders = numberParam(body, 'groupOrders', 0)
  const perMinute = body['perMinute']
  if (count > MOST_AT_ONCE || groupOrders > MOST_AT_ONCE) throw new RangeError(`count must be at most ${MOST_AT_ONCE}`)
  if (perMinute !== undefined) {
    simulator.arrivals.setPace(numberParam(body, 'perMinute', 0))
    return { applicationsPerMinute: simulator.arrivals.applicationsPerMinute }
  }
  const shopId = body['shopId'] === undefined ? undefined : String(body['shopId'] as string)
  const kind = body['kind'] as CaseKind | undefined
  if (kind !== undefined && !caseKinds.includes(kind))
    throw new RangeError(`kind must be one of ${caseKinds.join(', ')}`)
  const request = { ...(shopId !== undefined && { shopId }), ...(kind && { kind }), quiet: body['quiet'] === true }
  const cases: string[] = []
  for (let i = 0; i < count; i++) cases.push(world.apply(request).number)
  const grouping = world.shops.find((shop) => world.tradeOf(shop).groupFailure !== undefined)
  for (let i = 0; i < groupOrders; i++) world.openGroupOrder(shopId ?? grouping?.id ?? '', request.quiet)
  return { applied: cases.length, cases: cases.slice(0, 1000), groupOrders }
}

function numberParam(body: Body, name: string, otherwise: number): number {
  const value = body[name] ?? otherwise
  if (typeof value !== 'number' || !(value >= 0)) throw new RangeError(`${name} must be a number that is not negative`)
  return value
}

function parseBody(text: string): Body {
  const value: unknown = text === '' ? {} : JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the body must be a JSON object')
  return value as Body
}

function jsonAnswer(code: number, value: unknown): Answer {
  return { status: code, body: JSON.stringify(value) }
}
