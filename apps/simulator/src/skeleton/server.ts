import { runWithFault, ignoreErrors, serverError } from '../faults/action-faults'
import type { Answer, Call } from '../http/http-service'
import type { MarketplaceParts } from '../marketplace'
import type { WireValue } from '../http/wire-json'
import { readJson, writeJson } from '../http/wire-json'
import type { LateCall } from '../world/task'
import { actionApis } from './actions'
import type { SkeletonApi, SkeletonContext } from './api'
import { SkeletonError, invalidParam, staleCase } from './errors'
import { readingApis } from './reading'
import { isSignedBy } from './signature'

const apis: Readonly<Record<string, SkeletonApi>> = { ...readingApis, ...actionApis }

/** `POST /METHOD` with a signed JSON body that holds app, token and parameters. */
export class SkeletonServer {
  constructor(private readonly parts: MarketplaceParts) {}

  answer(call: Call): Answer {
    const { world, faults } = this.parts
    world.clock.settle()
    const outcome = faults.nextCall()
    if (outcome === 'hung') return { cutAfterMs: faults.settings.hangMs }
    if (outcome === 'server-error') return serverError
    try {
      const method = call.path.slice(1)
      const api = Object.hasOwn(apis, method) ? apis[method] : undefined
      if (api === undefined) throw invalidParam('method')
      const context = this.admit(call, method, api)
      if (outcome === 'throttled') throw new SkeletonError(429, 'too many calls')
      const run = (): Answer => envelope(0, '', api.run(context))
      if (!api.action) return run()
      return runWithFault(faults.actionFault(method, call.body), {
        run,
        later: () => this.later(context, call.body),
        stale: () => {
          throw staleCase()
        },
      })
    } catch (error) {
      const { code, message } = error instanceof SkeletonError ? error : new SkeletonError(500, 'the service failed')
      return envelope(code, message, null)
    }
  }

  /** Carries out a call whose connection was cut earlier, for the fault `effectLate`. */
  runLate({ api, shopId, text }: LateCall): void {
    const params = readJson(text).value as SkeletonContext['params']
    ignoreErrors(() => apis[api]?.run({ ...this.parts, method: api, params, shopId }))
  }

  private later({ method, shopId, world, faults }: SkeletonContext, text: string): void {
    const at = world.clock.now() + faults.settings.lateEffectMs
    world.clock.schedule(at, { kind: 'late', marketplace: 'skeleton', api: method, shopId, text })
  }

  private admit(call: Call, method: string, api: SkeletonApi): SkeletonContext {
    const { app, tokens, calls } = this.parts
    if (!isSignedBy(call.body, String(call.headers['skeleton-signature']), app.secret)) throw invalidParam('signature')
    const params = readJson(call.body).value as SkeletonContext['params']
    if (params['app'] !== app.key) throw invalidParam('app')
    calls.read(method)
    if (api.withoutToken) return { ...this.parts, method, params, shopId: '' }
    const checked = tokens.check(String(params['token'] as string))
    if (checked === 'expired') throw new SkeletonError(401, 'the token has expired')
    if (checked === 'unknown') throw new SkeletonError(403, 'no such token')
    return { ...this.parts, method, params, shopId: checked.shopId }
  }
}

const envelope = (code: number, message: string, data: WireValue): Answer => ({
  status: 200,
  body: writeJson({ code, message, data }),
})
