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

/** The apps and stores that are registered. Implemented by `access`; processes and tests join the two. */
export interface Stores {
  current(): Promise<{ readonly apps: readonly AppRecord[]; readonly stores: readonly StoreRecord[] }>
  app(marketplace: string, appKey: string): Promise<AppRecord | undefined>
  /**
   * As stored now, bypassing the cache, so including an app that was just registered or changed. Takes equally long for
   * every name.
   */
  findAppUncached(marketplace: string, appKey: string): Promise<AppRecord | undefined>
  invalidate(): void
  renewTokens(
    store: StoreRecord,
    tokens: { accessToken: string; refreshToken: string; expiresAt: number | undefined },
  ): Promise<void>
  markUnauthorised(store: StoreRecord): Promise<void>
}

/** Where a sealed message is stored; it cannot be opened anywhere else. */
export interface MessagePlace {
  readonly org: number
  readonly app: number
  readonly digest: Buffer
}

/** Where the sealed order of an action is stored. */
export interface OrderPlace {
  readonly org: number
  readonly stream: string
  readonly intent: string
}

/** Encryption at rest; implemented by `access`. Opening throws where it fails, see `sealingTroubleOf`. */
export interface Sealing {
  sealMessage(place: MessagePlace, raw: string): Buffer
  openMessage(place: MessagePlace, sealed: Buffer): string
  sealOrder(place: OrderPlace, order: string): Buffer
  openOrder(place: OrderPlace, sealed: Buffer): string
  /** The buyer of a case. */
  sealBuyer(org: number, caseId: string, buyer: BuyerInClear): BuyerFacet
  /** `known` where it is the same buyer, sealed with an older key; otherwise `fresh`. */
  sameBuyer(org: number, caseId: string, fresh: BuyerFacet, known: BuyerFacet | undefined): BuyerFacet
}

/**
 * Why a value could not be opened, e.g. `unknown-key`; `undefined`: it is another error. Reveals nothing of the
 * content.
 */
export function sealingTroubleOf(error: unknown): string | undefined {
  const trouble = error instanceof Error ? (error as { readonly trouble?: unknown }).trouble : undefined
  return typeof trouble === 'string' ? trouble : undefined
}

/** The connectors of this process. */
export type LineUp = readonly Connector[]

/** Logs errors that no caller receives, without personal data. */
export interface Journal {
  info(what: string, detail?: Readonly<Record<string, string | number | boolean>>): void
  warn(what: string, error: unknown): void
}

/**
 * The terms of stores as currently in force; for any store, by the defaults where nothing is set. A transaction must
 * query on its own connection: with a second one, as many transactions as the pool has connections would deadlock.
 */
export type StoreTermsOf = (asking: DataSource | EntityManager) => Promise<(store: number) => StoreTerms>

/** Links at which a marketplace can fetch pieces of evidence; pieces without a link are left out. */
export type HostEvidence = (org: number, pieces: readonly EvidenceReference[]) => Promise<readonly HostedEvidence[]>
