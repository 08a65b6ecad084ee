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

/** Where a sealed message lies; it opens nowhere else. */
export interface MessagePlace {
  readonly org: number
  readonly app: number
  readonly digest: Buffer
}

/** Where the sealed order of an action lies. */
export interface OrderPlace {
  readonly org: number
  readonly stream: string
  readonly intent: string
}

/** Sealing at rest; answered by `access`. Whatever does not open is thrown, see `sealingTroubleOf`. */
export interface Sealing {
  sealMessage(place: MessagePlace, raw: string): Buffer
  openMessage(place: MessagePlace, sealed: Buffer): string
  sealOrder(place: OrderPlace, order: string): Buffer
  openOrder(place: OrderPlace, sealed: Buffer): string
  /** The buyer of a case. */
  sealBuyer(org: number, caseId: string, buyer: BuyerInClear): BuyerFacet
  /** `known` where it is the same buyer, sealed with a key of before; otherwise `fresh`. */
  sameBuyer(org: number, caseId: string, fresh: BuyerFacet, known: BuyerFacet | undefined): BuyerFacet
}

/** Why a value did not open, e.g. `unknown-key`; `undefined`: the error is another one. It says nothing of the contents. */
export function sealingTroubleOf(error: unknown): string | undefined {
  const trouble = error instanceof Error ? (error as { readonly trouble?: unknown }).trouble : undefined
  return typeof trouble === 'string' ? trouble : undefined
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
