import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Answer, Connector, StoreSession, CallContext } from '#connectors'
import { pause } from '#connectors'
import { runWhileLeased } from '#event-store'
import type { Stores, StoreRecord } from '../ports'
import type { SuspendedAnswer } from '../suspension'
import { suspendedAnswer } from '../suspension'

/** What a connector needs to call a marketplace for a store. Contains secrets. */
export const buildSession = ({ app, shop, accessToken, refreshToken }: StoreRecord): StoreSession => ({
  appKey: app.appKey,
  appSecret: app.appSecret,
  endpoints: app.endpoints,
  shop,
  accessToken,
  refreshToken,
})

type Reauthorise = Extract<Answer<never>, { type: 'reauthorise' }>

/** How long a store stays blocked by a worker that died while refreshing; a live one renews its lease. */
const LEASE_MS = 15_000
const LEASE_POLL_MS = 200
/** A marketplace that returns the rejected token again will do so for a while. */
const SAME_TOKEN_RETRY_MS = 60_000
/** People have authorised the store again, or removed it: what was asked with the former tokens does not count. */
const REPLACED = {
  type: 'try-later',
  afterMs: 1_000,
  why: 'the authorisation of the store was changed meanwhile',
} as const satisfies Answer<never>
/** The keys were typed for the wrong store: its cases must not be read, or acted on, as those of this one. */
const ANOTHER_STORE: Reauthorise = {
  type: 'reauthorise',
  code: 'ours:another-store',
  text: 'the tokens are those of another store',
}
/** A new token may not be accepted everywhere at once. */
const NEW_TOKEN_RETRY_MS = 5_000

/**
 * Calls a marketplace on behalf of a store, unless people have paused or removed it. If the access token has expired,
 * it is refreshed once and the call repeated once. A refresh invalidates the older tokens, so only one process refreshes a store at a time, under a lease; callers
 * that waited for it use its token.
 */
export class Sessions {
  private readonly refreshing = new Map<string, Promise<Answer<StoreRecord>>>()

  constructor(
    private readonly database: DataSource,
    private readonly stores: Stores,
  ) {}

  async withSession<T>(
    store: StoreRecord,
    connector: Connector,
    ctx: CallContext,
    call: (session: StoreSession) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const firstAnswer = await this.callUnlessSuspended(store, call)
    if (firstAnswer.type === 'reauthorise') return this.withoutAuthorisation(store, firstAnswer)
    if (firstAnswer.type !== 'token-expired') return firstAnswer
    const refreshed = await this.shareRefresh(store, connector, ctx)
    if (refreshed.type !== 'ok') return refreshed
    const secondAnswer = await this.callUnlessSuspended(refreshed.value, call)
    if (secondAnswer.type === 'reauthorise') return this.withoutAuthorisation(refreshed.value, secondAnswer)
    if (secondAnswer.type !== 'token-expired') return secondAnswer
    return refreshed.value.accessToken === store.accessToken
      ? {
          type: 'try-later',
          afterMs: SAME_TOKEN_RETRY_MS,
          why: 'the refresh returned the same token, which is not accepted',
        }
      : { type: 'try-later', afterMs: NEW_TOKEN_RETRY_MS, why: 'the new token is not accepted yet' }
  }

  /** The refusal for a store that people have paused or removed, read from the database. */
  async refusalIfSuspended(store: StoreRecord): Promise<SuspendedAnswer | undefined> {
    const suspension = await this.stores.findSuspension(store)
    return suspension && suspendedAnswer(suspension)
  }

  /** Checked before every call: a refresh in between may have taken long. */
  private async callUnlessSuspended<T>(
    store: StoreRecord,
    call: (session: StoreSession) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    return (await this.refusalIfSuspended(store)) ?? call(buildSession(store))
  }

  /** A refusal of tokens that a person has replaced meanwhile says nothing about the new ones. */
  private async withoutAuthorisation(store: StoreRecord, answer: Reauthorise): Promise<Reauthorise | typeof REPLACED> {
    return (await this.stores.markUnauthorised(store)) ? answer : REPLACED
  }

  /** All calls of this process with the same expired token wait for one refresh. */
  private shareRefresh(store: StoreRecord, connector: Connector, ctx: CallContext): Promise<Answer<StoreRecord>> {
    const key = `${store.id}/${store.accessToken}`
    const pending = this.refreshing.get(key)
    if (pending !== undefined) return pending
    const refreshing = this.refreshUnderLease(store, connector, ctx).finally(() => this.refreshing.delete(key))
    this.refreshing.set(key, refreshing)
    return refreshing
  }

  private async refreshUnderLease(
    store: StoreRecord,
    connector: Connector,
    ctx: CallContext,
  ): Promise<Answer<StoreRecord>> {
    const lease = { name: `refresh/${store.id}`, holder: randomUUID(), ms: LEASE_MS }
    let answer: Answer<StoreRecord> | undefined
    for (;;) {
      await runWhileLeased(this.database, lease, ctx.signal, async (signal) => {
        answer = await this.refresh(store, connector, { ...ctx, signal })
      })
      if (answer !== undefined) return answer
      await pause(LEASE_POLL_MS, ctx.signal)
    }
  }

  private async refresh(store: StoreRecord, connector: Connector, ctx: CallContext): Promise<Answer<StoreRecord>> {
    this.stores.invalidate()
    const current = (await this.stores.current()).stores.find((s) => s.id === store.id) ?? store
    if (current.accessToken !== store.accessToken) return { type: 'ok', value: current }
    const answer = await connector.outbound.refresh(buildSession(current), ctx)
    if (answer.type === 'ok' && (answer.value.shop ?? current.shop) !== current.shop)
      return this.withoutAuthorisation(current, ANOTHER_STORE)
    if (answer.type === 'ok')
      return (await this.stores.renewTokens(current, answer.value))
        ? { type: 'ok', value: { ...current, ...answer.value } }
        : REPLACED
    if (answer.type !== 'refused' && answer.type !== 'reauthorise') return answer
    return this.withoutAuthorisation(current, { type: 'reauthorise', code: answer.code, text: answer.text })
  }
}
