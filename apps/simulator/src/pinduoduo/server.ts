import { runWithFault, ignoreErrors, serverError } from '../faults/action-faults'
import type { CallLog } from '../http/call-log'
import type { Faults } from '../faults/faults'
import type { Answer, Call } from '../http/http-service'
import { CallQuotas } from '../http/call-quotas'
import type { Tokens } from '../http/tokens'
import type { WireValue } from '../http/wire-json'
import { readJson, writeJson } from '../http/wire-json'
import type { App } from '../world/shops'
import type { LateCall } from '../world/task'
import type { World } from '../world/world'
import { accountApis } from './account'
import { actionApis } from './actions'
import type { PinduoduoApi, PinduoduoContext } from './api'
import { PinduoduoError, badCommon, errorEnvelope, missing } from './errors'
import type { PinduoduoPushes } from './pushes'
import { readingApis } from './reading'
import { sameText, signatureOf } from './signature'

const apis: Readonly<Record<string, PinduoduoApi>> = { ...readingApis, ...actionApis, ...accountApis }
const apiNames = Object.keys(apis)
/** How far a request's timestamp may be off, in either direction. */
const CLOCK_TOLERANCE_MS = 10 * 60_000

export interface ServerParts {
  readonly app: App
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly tokens: Tokens
  readonly messages: PinduoduoPushes
}

/** `POST /api/router`: one address for every API, the name of which is a parameter. */
export class PinduoduoServer {
  private readonly quotas = new CallQuotas()
  private requests = 0

  constructor(private readonly parts: ServerParts) {}

  answer(call: Call): Answer {
    if (call.method !== 'POST' || call.path !== '/api/router') return { status: 404, body: '{}' }
    this.parts.world.clock.settle()
    const requestId = `${Date.now()}${String(this.requests++).padStart(6, '0')}`
    const outcome = this.parts.faults.nextCall()
    if (outcome === 'hung') return { cutAfterMs: this.parts.faults.settings.hangMs }
    if (outcome === 'server-error') return serverError
    try {
      const context = this.admit(call, outcome === 'throttled')
      const api = apis[context.api] as PinduoduoApi
      const run = (with_: PinduoduoContext): Answer => ({
        status: 200,
        body: writeJson(withRequestId(api.run(with_), requestId)),
      })
      if (!api.action) return run(context)
      return runWithFault(this.parts.faults.actionFault(context.api, call.body), {
        run: () => run(context),
        later: () => this.later(context),
        stale: () => run({ ...context, stale: true }),
      })
    } catch (error) {
      const answer = error instanceof PinduoduoError ? error : new PinduoduoError(50000, '系统内部错误')
      return { status: 200, body: errorEnvelope(answer, requestId) }
    }
  }

  /** Carries out a call whose connection was cut earlier, for the fault `effectLate`. */
  runLate({ api, shopId, text }: LateCall): void {
    const { world, faults, calls, tokens, messages } = this.parts
    const params = JSON.parse(text) as Record<string, string>
    ignoreErrors(() => apis[api]?.run({ api, apiNames, params, shopId, world, faults, calls, tokens, messages }))
  }

  private later({ api, params, shopId, world, faults }: PinduoduoContext): void {
    const text = JSON.stringify(params)
    world.clock.schedule(world.clock.now() + faults.settings.lateEffectMs, {
      kind: 'late',
      marketplace: 'pinduoduo',
      api,
      shopId,
      text,
    })
  }

  private admit(call: Call, throttled: boolean): PinduoduoContext {
    const { app, tokens, world, faults, calls, messages } = this.parts
    const params = parameters(call)
    const name = params['type']
    if (name === undefined || name === '') throw badCommon('type')
    const api = Object.hasOwn(apis, name) ? apis[name] : undefined
    if (api === undefined) throw new PinduoduoError(10017, '接口type不存在')
    if (params['client_id'] !== app.key) throw new PinduoduoError(10016, 'client_id 不存在')
    this.checkTime(params['timestamp'])
    if (params['sign'] === undefined) throw missing('sign')
    if (!sameText(params['sign'], signatureOf(params, app.secret))) throw new PinduoduoError(20004, '签名sign校验失败')
    const shopId = api.withoutToken ? '' : this.shopOf(tokens, params['access_token'])
    if (throttled) throw new PinduoduoError(70031, '调用过于频繁，请调整调用频率')
    const exceeded = this.quotas.exceeded(name, shopId, api.quotas)
    if (exceeded !== undefined)
      throw new PinduoduoError(
        exceeded.scope === 'shop' ? 70031 : 52101,
        exceeded.scope === 'shop' ? '调用过于频繁，请调整调用频率' : '当前接口被限流，请稍后重试',
      )
    calls.read(name)
    return { api: name, apiNames, params, shopId, world, faults, calls, tokens, messages }
  }

  /** A sender may use real time or the simulator's moved time: both are accepted. */
  private checkTime(text: string | undefined): void {
    if (text === undefined || !/^\d{9,11}$/.test(text)) throw badCommon('timestamp')
    const ms = Number(text) * 1000
    const distance = Math.min(Math.abs(ms - Date.now()), Math.abs(ms - this.parts.world.clock.now()))
    if (distance > CLOCK_TOLERANCE_MS) throw badCommon('timestamp')
  }

  private shopOf(tokens: Tokens, accessToken: string | undefined): string {
    if (accessToken === undefined || accessToken === '') throw missing('access_token')
    const checked = tokens.check(accessToken)
    if (checked === 'expired') throw new PinduoduoError(10019, 'access_token已过期')
    if (checked === 'unknown') throw new PinduoduoError(20032, 'access_token与client_id不匹配')
    return checked.shopId
  }
}

/** The flat map of parameters, whether it came as JSON or as a form; a nested value counts as its JSON text. */
function parameters(call: Call): Record<string, string> {
  const params: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [key, value] of call.query) params[key] = value
  const type = call.headers['content-type'] ?? ''
  if (!type.includes('json') && !call.body.trimStart().startsWith('{')) {
    for (const [key, value] of new URLSearchParams(call.body)) params[key] = value
    return params
  }
  let value: unknown
  try {
    value = readJson(call.body).value
  } catch {
    throw new PinduoduoError(10000, '参数错误')
  }
  if (typeof value !== 'object' || value === null) throw new PinduoduoError(10000, '参数错误')
  for (const [key, item] of Object.entries(value as Record<string, WireValue>)) {
    if (item === null || item === undefined) continue
    params[key] = typeof item === 'string' ? item : writeJson(item)
  }
  return params
}

/** Every answer with a wrapper carries a request id inside it. */
function withRequestId(answer: WireValue, requestId: string): WireValue {
  const fields = answer as { readonly [key: string]: WireValue }
  const keys = Object.keys(fields)
  const [wrapper] = keys
  if (keys.length !== 1 || wrapper === undefined) return { ...fields, request_id: requestId }
  return { [wrapper]: { ...(fields[wrapper] as { readonly [key: string]: WireValue }), request_id: requestId } }
}
