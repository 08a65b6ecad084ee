import { Inject, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BeginResult, OidcResult } from '#access'
import { Directory, newToken, OIDC_ATTEMPT_LASTS_MS } from '#access'
import type { ConnectingOptions } from '../core/connecting'
import { IDENTITY, type IdentityService } from '../core/identity'
import { RelyingParties } from '../passkeys/relying-parties'
import type { Problem } from '../problems/problem.filter'
import { problemOf } from '../problems/problem.filter'
import { actorOf, originOf } from '../security/authentication'
import { attemptCookie, attemptTokenOf } from '../security/session-cookie'
import { secondFactorAnswer, sendSession } from '../session/send-session'
import { flawsProblem, uncheckedAttemptProblem } from '../session/sign-in-problems'
import { CONNECTING } from '../tokens'
import type { OidcBegun, OidcCompleted } from './oidc.answer'
import type { CompleteOidcRequest } from './oidc.request'
import { OidcCalls } from './oidc-calls'
import { CODE_OF_REFUSAL, OidcProblem } from './oidc-problems'

/** The way of a browser to the provider's page and back to `/login/returned/…`, which sends what it got to `complete`. */
@Injectable()
export class OidcLogIn {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(CONNECTING) private readonly options: ConnectingOptions,
    private readonly calls: OidcCalls,
    private readonly directory: Directory,
    private readonly relyingParties: RelyingParties,
  ) {}

  /**
   * Of each organisation its own: else the provider of one could send people on to that of another, with a state of its own, and
   * would be given the code that the other one answers (a mix-up, RFC 9700).
   */
  redirectUrl({ headers: { host = '' } }: FastifyRequest, org: number): string {
    return `${this.options.publicUrl?.replace(/\/$/, '') ?? `http://${host}`}/login/returned/${org}`
  }

  /** @param attempt makes the attempt for the browser's token */
  async begin(
    request: FastifyRequest,
    reply: FastifyReply,
    attempt: (browser: string) => Promise<BeginResult>,
  ): Promise<OidcBegun> {
    // The same for a second tab, so that both can come back.
    const browser = attemptTokenOf(request.headers) ?? newToken()
    const result = await attempt(browser)
    if (result.outcome === 'unknown') throw problemOf('oidc-unknown')
    if (result.outcome === 'flawed') throw flawsProblem(result.flaws)
    if (result.outcome === 'throttled') throw uncheckedAttemptProblem(result)
    const { provider, purpose, state } = result
    const way = { state, browser, redirectUrl: this.redirectUrl(request, provider.org) }
    const url = await asProblem(this.calls.pageUrl(provider, purpose, way))
    void reply.header('set-cookie', attemptCookie(browser, OIDC_ATTEMPT_LASTS_MS))
    return { url }
  }

  async complete(
    { state, organisation, ...returned }: CompleteOidcRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<OidcCompleted> {
    const browser = attemptTokenOf(request.headers)
    if (browser === undefined) throw problemOf('oidc-start-again')
    const redeemed = await this.identity.oidc.redeem(state, browser, personOf(request))
    if (redeemed.outcome === 'refused') throw problemOf('oidc-start-again')
    const { org } = redeemed.attempt
    // A code of another provider is never sent to this one.
    if (organisation !== String(org)) throw problemOf('oidc-start-again')
    const way = { state, browser, redirectUrl: this.redirectUrl(request, org) }
    const parameters = new URLSearchParams({ state })
    for (const [name, value] of Object.entries(returned)) if (value !== undefined) parameters.set(name, String(value))
    const subject = await asProblem(this.calls.subject(redeemed.provider, way, parameters))
    return this.answer(await this.identity.oidc.finish(redeemed.attempt, subject, originOf(request)), request, reply)
  }

  private async answer(result: OidcResult, request: FastifyRequest, reply: FastifyReply): Promise<OidcCompleted> {
    switch (result.outcome) {
      case 'signed-in':
        return { ...(await sendSession(result.session, reply, this.directory)), outcome: result.outcome }
      case 'second-factor-wanted':
        return {
          ...secondFactorAnswer(result, this.relyingParties.offered(result.factors, request)),
          outcome: result.outcome,
        }
      case 'flawed':
        throw flawsProblem(result.flaws)
      case 'refused':
        throw problemOf(CODE_OF_REFUSAL[result.reason])
      default:
        return { outcome: result.outcome, me: null, challenge: null, factors: [] }
    }
  }
}

const personOf = (request: FastifyRequest) => {
  const actor = actorOf(request)
  return actor?.kind === 'person' ? actor : undefined
}

/** What went wrong on the way to the provider, for the reader. */
export async function asProblem<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw error instanceof OidcProblem ? problemFor(error) : error
  }
}

const problemFor = ({ code, reason }: OidcProblem): Problem =>
  problemOf(code, reason === undefined ? {} : { more: { reason } })
