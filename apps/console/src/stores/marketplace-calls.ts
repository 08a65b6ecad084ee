import { Inject, Injectable } from '@nestjs/common'
import type { App, Store } from '#access'
import { buildSession } from '#case-handling'
import type {
  Answer,
  AuthorisationGrant,
  AuthorisedStore,
  CallContext,
  Connector,
  StoreSession,
  Tokens,
} from '#connectors'
import { connectorOf, slidingWindowLimiter } from '#connectors'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import type { ConnectingOptions } from '../core/connecting'
import { CONNECTING } from '../tokens'
import type { ConnectionTestAnswer } from './connect.answer'

const PATIENCE_MS = 8_000
const TESTED_MS = 60_000

/** The few calls to a marketplace that answer a person at once: tokens of a store, and whether they work. The worker does all others. */
@Injectable()
export class MarketplaceCalls {
  private readonly rateLimiter = slidingWindowLimiter()

  constructor(
    @Inject(CONNECTING) private readonly options: ConnectingOptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  connector(marketplace: string): Connector | undefined {
    return connectorOf(marketplace, this.options.lineUp)
  }

  /** `undefined`: this marketplace has no call that gives tokens; they are typed. */
  authorise(app: App, grant: AuthorisationGrant): Promise<Answer<AuthorisedStore>> | undefined {
    const { appKey, appSecret, endpoints } = app
    return this.connector(app.marketplace)?.outbound.authorise?.(
      grant,
      { appKey, appSecret, endpoints },
      this.context(),
    )
  }

  async refresh(app: App, session: StoreSession): Promise<Answer<Tokens> | undefined> {
    return this.connector(app.marketplace)?.outbound.refresh(session, this.context())
  }

  testStore(store: Store): Promise<ConnectionTestAnswer> {
    return this.test(store.marketplace, () => buildSession(store))
  }

  /** Reads the list of the last minute: it changes nothing, and every list has that window. */
  async test(marketplace: string, sessionOf: () => StoreSession): Promise<ConnectionTestAnswer> {
    const outbound = this.connector(marketplace)?.outbound
    if (outbound?.pulling === undefined) return { result: 'not-testable', detail: null }
    const to = this.clock()
    const context = this.context()
    return testResultOf(await outbound.pull({ from: to - TESTED_MS, to }, sessionOf(), context))
  }

  private context(): CallContext {
    return { now: this.clock, signal: AbortSignal.timeout(PATIENCE_MS), rateLimiter: this.rateLimiter }
  }
}

function testResultOf(answer: Answer<unknown>): ConnectionTestAnswer {
  switch (answer.type) {
    case 'ok':
      return { result: 'works', detail: null }
    case 'token-expired':
      return { result: 'token-expired', detail: null }
    case 'reauthorise':
    case 'refused':
      return { result: answer.type, detail: `${answer.code} ${answer.text}`.trim() }
    case 'try-later':
      return { result: 'busy', detail: answer.why }
    case 'unknown':
      return { result: 'unreachable', detail: answer.why }
  }
}
