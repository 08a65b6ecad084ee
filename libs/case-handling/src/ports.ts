import type { DataSource, EntityManager } from 'typeorm'
import type { BuyerFacet, EvidenceReference, StoreTerms } from '#after-sale'
import type { BuyerInClear, Connector, HostedEvidence } from '#connectors'

/** The time, UTC ms. Given by the process, so that a simulated day can pass in a second. */
export type Clock = () => number

/** An app at a marketplace, as far as case handling needs it. Contains secrets. */
export interface AppRecord {
  readonly id: number
  readonly org: number
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  readonly endpoints: Readonly<Record<string, string>>
}

/** A store with its tokens, decrypted: never logged. */
export interface StoreRecord {
  readonly id: number
  readonly org: number
  readonly app: AppRecord
  readonly marketplace: string
  /** The marketplace's own number of the store. */
  readonly shop: string
  readonly name: string
  readonly accessToken: string
  readonly refreshToken: string
  /** `false`: the marketplace no longer accepts the tokens; the merchant must authorise us again. */
  readonly authorised: boolean
  /** Since when people have paused it, UTC ms; absent or null: they have not. */
  readonly pausedAt?: number | null
  /** Since when people have removed it. */
  readonly removedAt?: number | null
}

/** Why a store is not called and not acted on, though its tokens may be good. */
export type Suspension = 'paused' | 'removed'

/** The apps and stores that are registered. Implemented by `access`; processes and tests join the two. */
export interface Stores {
  current(): Promise<{ readonly apps: readonly AppRecord[]; readonly stores: readonly StoreRecord[] }>
  app(marketplace: string, appKey: string): Promise<AppRecord | undefined>
  /**
   * Reads the app from the database instead of the cache, so an app that was just registered or changed is found. Takes
   * equally long whether the app exists or not: the duration reveals nothing.
   */
  findAppUncached(marketplace: string, appKey: string): Promise<AppRecord | undefined>
  /** Discards the cache: the next call reads the database. */
  invalidate(): void
  /**
   * Keeps the tokens of a refresh, and returns `false` where `store` no longer has the tokens that were used for it: a
   * person has authorised it again or removed it meanwhile. `expiresAt`: UTC ms; `undefined`: the marketplace does not say.
   */
  renewTokens(
    store: StoreRecord,
    tokens: { accessToken: string; refreshToken: string; expiresAt: number | undefined },
  ): Promise<boolean>
  /** The marketplace refuses the tokens of `store`. Returns `false`, changing nothing, where it no longer has them. */
  markUnauthorised(store: StoreRecord): Promise<boolean>
  /** Reads the database instead of the cache: nothing is sent for a store that was paused a moment ago. */
  findSuspension(store: StoreRecord): Promise<Suspension | undefined>
}

/** The row that a sealed message belongs to. It is authenticated with the message: copied to another row, it cannot be opened. */
export interface MessageLocation {
  readonly org: number
  readonly app: number
  readonly digest: Buffer
}

/** The effect that the sealed order of an action belongs to; authenticated like `MessageLocation`. */
export interface OrderLocation {
  readonly org: number
  readonly stream: string
  readonly intent: string
}

/** Encryption at rest, implemented by `access`. A value that cannot be opened throws; `sealingTroubleOf` gives the reason. */
export interface Sealing {
  sealMessage(location: MessageLocation, raw: string): Buffer
  openMessage(location: MessageLocation, sealed: Buffer): string
  sealOrder(location: OrderLocation, order: string): Buffer
  openOrder(location: OrderLocation, sealed: Buffer): string
  /** Seals the buyer of a case; masks and search hashes are derived from the clear values. */
  sealBuyer(org: number, caseId: string, buyer: BuyerInClear): BuyerFacet
  /** Returns `known` if both are the same buyer and only the key differs; otherwise `fresh`. */
  sameBuyer(org: number, caseId: string, fresh: BuyerFacet, known: BuyerFacet | undefined): BuyerFacet
}

/** What the erasure of a buyer needs of encryption at rest: the clear values, to find and remove them elsewhere. */
export interface BuyerOpening {
  openBuyer(org: number, caseId: string, buyer: BuyerFacet): BuyerInClear
  /** By which the other cases with this number are found: one for each key. */
  phoneFingerprints(org: number, phone: string): readonly string[]
}

/**
 * Why a value could not be opened, e.g. `unknown-key`; `undefined` for any other error. Reveals nothing of the content.
 */
export function sealingTroubleOf(error: unknown): string | undefined {
  const trouble = error instanceof Error ? (error as { readonly trouble?: unknown }).trouble : undefined
  return typeof trouble === 'string' ? trouble : undefined
}

/** The connectors of this process, one per marketplace. */
export type LineUp = readonly Connector[]

/** Logs errors that no caller receives, without personal data. */
export interface Journal {
  info(message: string, detail?: Readonly<Record<string, string | number | boolean>>): void
  warn(message: string, error: unknown): void
}

/**
 * Loads the terms in force of all stores; a store without its own terms gets the defaults. A transaction must pass its
 * own manager: if each needed a second connection, as many transactions as the pool has connections would deadlock.
 */
export type StoreTermsOf = (connection: DataSource | EntityManager) => Promise<(store: number) => StoreTerms>

/** Links at which a marketplace can fetch pieces of evidence; pieces without a link are left out. */
export type HostEvidence = (org: number, pieces: readonly EvidenceReference[]) => Promise<readonly HostedEvidence[]>
