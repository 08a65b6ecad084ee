import type { DataSource } from 'typeorm'
import type { Answer, Connector, StoreSession, Surroundings } from '#connectors'
import type { Stores, StoreRecord } from './ports'

export const sessionOf = ({ app, shop, accessToken, refreshToken }: StoreRecord): StoreSession => ({
  appKey: app.appKey,
  appSecret: app.appSecret,
  endpoints: app.endpoints,
  shop,
  accessToken,
  refreshToken,
})

const REFRESH_LOCK = 7_340_022

/**
 * Speaks to a marketplace for a store. An expired token is refreshed once and the call made once more. A refresh voids
 * the older tokens, so only one process refreshes a store at a time, and whoever waited uses what the other got.
 */
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly stores: Stores,
  ) {}

  async speak<T>(
    store: StoreRecord,
    connector: Connector,
    around: Surroundings,
    call: (session: StoreSession) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const first = await call(sessionOf(store))
    if (first.type === 'reauthorise') await this.stores.loseAuthorisation(store)
    if (first.type !== 'token-expired') return first
    const fresh = await this.refreshed(store, connector, around)
    if (fresh.type !== 'ok') return fresh
    const second = await call(sessionOf(fresh.value))
    return second.type === 'token-expired' ? { type: 'try-later', afterMs: 5_000, why: 'the fresh token is not taken yet' } : second
  }

  private refreshed(store: StoreRecord, connector: Connector, around: Surroundings): Promise<Answer<StoreRecord>> {
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [REFRESH_LOCK, store.id])
      this.stores.forget()
      const now = (await this.stores.current()).stores.find((s) => s.id === store.id) ?? store
      if (now.accessToken !== store.accessToken) return { type: 'ok', value: now }
      const answer = await connector.outbound.refresh(sessionOf(now), around)
      if (answer.type === 'ok') {
        await this.stores.renewTokens(now, answer.value)
        return { type: 'ok', value: { ...now, ...answer.value } }
      }
      if (answer.type === 'refused' || answer.type === 'reauthorise') {
        await this.stores.loseAuthorisation(now)
        return { type: 'reauthorise', code: answer.code, text: answer.text }
      }
      return answer
    })
  }
}
