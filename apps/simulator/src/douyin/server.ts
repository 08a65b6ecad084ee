import { runWithFault, ignoreErrors, serverError } from '../faults/action-faults'
import type { CallLog } from '../http/call-log'
import type { Faults } from '../faults/faults'
import type { Answer, Call } from '../http/http-service'
import { sameText } from '../pinduoduo/signature'
import { CallQuotas } from '../http/call-quotas'
import type { Tokens } from '../http/tokens'
import type { ReadJson, WireValue } from '../http/wire-json'
import { readJson, writeJson } from '../http/wire-json'
import { readTimestamp } from '../http/wire-time'
import type { App } from '../world/shops'
import type { LateCall } from '../world/task'
import type { World } from '../world/world'
import { accountApis } from './account'
import { actionApis } from './actions'
import type { DouyinApi, DouyinContext } from './api'
import { DouyinError, invalidParam, staleStatus } from './errors'
import { readingApis } from './reading'
import { signatureOf } from './signature'

const apis: Readonly<Record<string, DouyinApi>> = { ...readingApis, ...actionApis, ...accountApis }
const NONE: ReadonlySet<string> = new Set()
/** How far a request's timestamp may be off, in either direction. */
const CLOCK_TOLERANCE_MS = 10 * 60_000

/** What a server answers from. */
export interface ServerParts {
  readonly app: App
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly tokens: Tokens
}

/** `POST /afterSale/List?app_key=…&method=afterSale.List&…`: the parameters are the body, the rest is in the query. */
export class DouyinServer {
  private readonly quotas = new CallQuotas()
  private requests = 0

  constructor(private readonly parts: ServerParts) {}

  answer(call: Call, unfetched: ReadonlySet<string> = NONE): Answer {
    const method = call.path.slice(1).replaceAll('/', '.')
    const api = Object.hasOwn(apis, method) ? apis[method] : undefined
    this.parts.world.clock.settle()
    const outcome = this.parts.faults.nextCall()
    if (outcome === 'hung') return { cutAfterMs: this.parts.faults.settings.hangMs }
    if (outcome === 'server-error') return serverError
    const newForm = call.headers['x-open-no-old-err-code'] === '1'
    try {
      if (api === undefined || call.method !== 'POST')
        throw new DouyinError(70000, 'API 不存在或已下线', 'isp.api-service-off')
      const context = this.admit(call, method, api, outcome === 'throttled', unfetched)
      const run = (): Answer => this.envelope(10000, 'success', '', '', api.run(context), newForm)
      if (!api.action) return run()
      return runWithFault(this.parts.faults.actionFault(method, call.body), {
        run,
        later: () => this.later(context, call.body),
        stale: () => {
          throw staleStatus()
        },
      })
    } catch (error) {
      const answer = error instanceof DouyinError ? error : new DouyinError(20000, '系统异常', 'dop.service-error')
      return this.envelope(answer.code, answer.message, answer.subCode, answer.subMessage, null, newForm)
    }
  }

  /** Carries out a call whose connection was cut earlier, for the fault `effectLate`. */
  runLate({ api, shopId, text }: LateCall): void {
    const { world, faults, calls, tokens } = this.parts
    const param = parseJsonObject(text).value as Record<string, unknown>
    ignoreErrors(() => apis[api]?.run({ method: api, param, shopId, world, faults, calls, tokens, unfetched: NONE }))
  }

  private later({ method, shopId, world, faults }: DouyinContext, text: string): void {
    world.clock.schedule(world.clock.now() + faults.settings.lateEffectMs, {
      kind: 'late',
      marketplace: 'douyin',
      api: method,
      shopId,
      text,
    })
  }

  private envelope(
    code: number,
    msg: string,
    subCode: string,
    subMessage: string,
    data: WireValue,
    newForm: boolean,
  ): Answer {
    const logId = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}${String(this.requests++).padStart(18, '0')}`
    const old = newForm ? {} : { err_no: code === 10000 ? 0 : code, message: code === 10000 ? 'success' : msg }
    return {
      status: 200,
      body: writeJson({ code, msg, sub_code: subCode, sub_msg: subMessage, data, log_id: logId, ...old }),
    }
  }

  private admit(
    call: Call,
    method: string,
    api: DouyinApi,
    throttled: boolean,
    unfetched: ReadonlySet<string>,
  ): DouyinContext {
    const { app, tokens, world, faults, calls } = this.parts
    const { query } = call
    if (!query.get('app_key')) throw new DouyinError(40001, '缺少必选参数', 'isv.app-id-missing')
    if (query.get('app_key') !== app.key) throw new DouyinError(30001, '权限不足', 'dop.app-forbidden')
    if (query.get('method') !== method) throw invalidParam('method')
    if (query.get('v') !== '2') throw invalidParam('v')
    const json = parseJsonObject(call.body === '' ? (query.get('param_json') ?? '{}') : call.body)
    this.checkSign(query, method, json)
    this.checkTime(query.get('timestamp') ?? '')
    const shopId = api.withoutToken ? '' : this.shopOf(tokens, query.get('access_token'))
    if (throttled || this.quotas.exceeded(method, shopId, api.quotas) !== undefined)
      throw new DouyinError(60000, '接口调用频率超限', 'isv.flow-limited')
    calls.read(method)
    return { method, param: json.value as Record<string, unknown>, shopId, world, faults, calls, tokens, unfetched }
  }

  private checkSign(query: URLSearchParams, method: string, json: ReadJson): void {
    const sign = query.get('sign')
    if (!sign) throw new DouyinError(40001, '缺少必选参数', 'isv.signature-missing')
    const signMethod = query.get('sign_method') ?? 'md5'
    if (signMethod !== 'md5' && signMethod !== 'hmac-sha256')
      throw new DouyinError(40003, '参数格式错误', 'isv.signature-invalid')
    const { key, secret } = this.parts.app
    // The server sorts the parameters itself: a signature over an unsorted text does not match.
    const expected = signatureOf(
      { appKey: key, method, paramJson: json.canonical, timestamp: query.get('timestamp') ?? '' },
      secret,
      signMethod,
    )
    if (!sameText(sign, expected)) throw new DouyinError(40003, '参数格式错误', 'isv.signature-invalid', '签名校验失败')
  }

  private checkTime(text: string): void {
    const ms = readTimestamp(text)
    const distance =
      ms === undefined ? Infinity : Math.min(Math.abs(ms - Date.now()), Math.abs(ms - this.parts.world.clock.now()))
    if (distance > CLOCK_TOLERANCE_MS) throw new DouyinError(40003, '参数格式错误', 'isv.timestamp-invalid')
  }

  private shopOf(tokens: Tokens, accessToken: string | null): string {
    if (!accessToken) throw new DouyinError(40001, '缺少必选参数', 'isv.access-token-missing')
    const checked = tokens.check(accessToken)
    if (checked === 'expired') throw new DouyinError(40003, 'access_token 已过期', 'isv.access-token-expired')
    if (checked === 'unknown') throw new DouyinError(40003, 'access_token 不存在', 'isv.access-token-no-existed')
    return checked.shopId
  }
}

/** @throws DouyinError where the text is not a JSON object */
function parseJsonObject(text: string): ReadJson {
  let json: ReadJson
  try {
    json = readJson(text)
  } catch {
    throw new DouyinError(40003, '参数格式错误', 'isv.parameter-format-invalid')
  }
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    throw new DouyinError(40003, '参数格式错误', 'isv.parameter-format-invalid')
  return json
}
