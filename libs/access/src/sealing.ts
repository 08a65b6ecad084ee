import type { ClearBuyer, SealedBuyer } from './buyer'
import { fingerprintsOf, keepKnownBuyer, openBuyer, sealBuyer } from './buyer'
import type { BatchPlace, MessagePlace, OrderPlace, Vault } from './vault'
import { placeOf } from './vault'

/** What message handling needs of the vault. */
export interface MessageSealing {
  sealMessage(place: MessagePlace, raw: string): Buffer
  openMessage(place: MessagePlace, sealed: Buffer): string
  sealOrder(place: OrderPlace, order: string): Buffer
  openOrder(place: OrderPlace, sealed: Buffer): string
  /** The buyer of a case. */
  sealBuyer(org: number, caseId: string, buyer: ClearBuyer): SealedBuyer
  /** `known` where it is the same buyer, sealed with a key of before; otherwise `fresh`. */
  sameBuyer<B extends SealedBuyer>(org: number, caseId: string, fresh: B, known: B | undefined): B
}

export const messageSealingOf = (vault: Vault): MessageSealing => ({
  sealMessage: (place, raw) => vault.sealRandomly(placeOf.message(place), raw),
  openMessage: (place, sealed) => vault.open(placeOf.message(place), sealed).toString('utf8'),
  sealOrder: (place, order) => vault.seal(placeOf.order(place), order),
  openOrder: (place, sealed) => vault.open(placeOf.order(place), sealed).toString('utf8'),
  sealBuyer: (org, caseId, buyer) => sealBuyer(vault, org, caseId, buyer),
  sameBuyer: (org, caseId, fresh, known) => keepKnownBuyer(vault, org, caseId, fresh, known),
})

/** What batches of actions need of the vault: the texts of an action are for the buyer or the marketplace only. */
export interface BatchSealing {
  sealBatch(place: BatchPlace, action: string): Buffer
  openBatch(place: BatchPlace, sealed: Buffer): string
}

export const batchSealingOf = (vault: Vault): BatchSealing => ({
  sealBatch: (place, action) => vault.seal(placeOf.batch(place), action),
  openBatch: (place, sealed) => vault.open(placeOf.batch(place), sealed).toString('utf8'),
})

/** The vault as the erasure of a buyer needs it. */
export interface BuyerOpening {
  openBuyer(org: number, caseId: string, buyer: SealedBuyer): ClearBuyer
  /** By which the other cases with this number are found: one for each key. */
  phoneFingerprints(org: number, phone: string): readonly string[]
}

export const buyerOpeningOf = (vault: Vault): BuyerOpening => ({
  openBuyer: (org, caseId, buyer) => openBuyer(vault, org, caseId, buyer),
  phoneFingerprints: (org, phone) => fingerprintsOf.phone(vault, org, phone),
})

/** The vault as the keeping of evidence needs it: pictures show people, addresses, waybills. `hash` is what a piece is kept under. */
export interface PieceSealing {
  sealEvidence(org: number, hash: string, bytes: Buffer): Buffer
  openEvidence(org: number, hash: string, sealed: Buffer): Buffer
}

export const evidenceSealingOf = (vault: Vault): PieceSealing => ({
  sealEvidence: (org, hash, bytes) => vault.seal(placeOf.evidence(org, hash), bytes),
  openEvidence: (org, hash, sealed) => vault.open(placeOf.evidence(org, hash), sealed),
})

/** What signed links to evidence need of the vault. */
export const linkSigningOf = (
  vault: Vault,
): { signLink(payload: Buffer): Buffer; signaturesOfLink(payload: Buffer): readonly Buffer[] } => ({
  signLink: (payload) => vault.sign('evidence-link', payload),
  signaturesOfLink: (payload) => vault.signatures('evidence-link', payload),
})

/** What the confirmation of warnings needs of the vault. */
export const confirmationSigningOf = (vault: Vault): { signConfirmation(payload: Buffer): Buffer } => ({
  signConfirmation: (payload) => vault.sign('confirmation', payload),
})
