import type { DataSource, EntityManager } from 'typeorm'
import type { BuyerFacet, EvidenceReference, StoreTerms } from '#after-sale'
import type { BuyerInClear, Connector, HostedEvidence } from '#connectors'

/** The time, UTC ms. Given by the process, so that a simulated day can pass in a second. */
export type Clock = () => number

/** An app at a marketplace, as far as handling needs it. Secrets. */
export interface AppRecord {
  readonly id: number
  readonly org: number
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  readonly endpoints: Readonly<Record<string, string>>
}

export interface StoreRecord {
  readonly id: number
  readonly org: number
  readonly app: AppRecord
  readonly marketplace: string
  readonly shop: string
  readonly name: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly authorised: boolean
}

/** Whose store is it? Answered by `access`; the tests and the processes join the two. */
export interface Stores {
  current(): Promise<{ readonly apps: readonly AppRecord[]; readonly stores: readonly StoreRecord[] }>
  app(marketplace: string, appKey: string): Promise<AppRecord | undefined>
  /** As it is stored now, also one that was registered or changed only now. Takes a moment, the same for every name. */
  appAsOfNow(marketplace: string, appKey: string): Promise<AppRecord | undefined>
  forget(): void
  renewTokens(
    store: StoreRecord,
    tokens: { accessToken: string; refreshToken: string; expiresAt: number | undefined },
  ): Promise<void>
  loseAuthorisation(store: StoreRecord): Promise<void>
}

/** Sealing at rest; answered by `access`. */
export interface Sealing {
  sealMessage(org: number, raw: string): Buffer
  openMessage(org: number, sealed: Buffer): string
  sealBuyer(org: number, buyer: BuyerInClear): BuyerFacet
}

/** The marketplaces that this process knows. */
export type LineUp = readonly Connector[]

/** Where troubles go that are nobody's answer: a log line without personal data. */
export interface Journal {
  note(what: string, detail?: Readonly<Record<string, string | number | boolean>>): void
  trouble(what: string, error: unknown): void
}

/**
 * What stores have said of themselves, as it counts now; answers for any store, by the defaults where one said nothing. A
 * transaction asks on its own connection: on a second one, as many transactions as the pool has connections wait for each other.
 */
export type StoreTermsOf = (asking: DataSource | EntityManager) => Promise<(store: number) => StoreTerms>

/** Addresses at which a marketplace can fetch pieces of evidence, for as long as one call takes; those that there are none for are left out. */
export type HostEvidence = (org: number, pieces: readonly EvidenceReference[]) => Promise<readonly HostedEvidence[]>
