import type { ClearBuyer, SealedBuyer } from './buyer'
import { sealBuyer } from './buyer'
import type { Vault } from './vault'

/** The vault as the handling of messages needs it. */
export interface MessageSealing {
  sealMessage(org: number, raw: string): Buffer
  openMessage(org: number, sealed: Buffer): string
  sealBuyer(org: number, buyer: ClearBuyer): SealedBuyer
}

export const sealingOf = (vault: Vault): MessageSealing => ({
  sealMessage: (org, raw) => vault.seal(org, 'message', raw),
  openMessage: (org, sealed) => vault.open(org, 'message', sealed).toString('utf8'),
  sealBuyer: (org, buyer) => sealBuyer(vault, org, buyer),
})

/** The vault as the keeping of evidence needs it: pictures show people, addresses, waybills. */
export interface PieceSealing {
  sealEvidence(org: number, bytes: Buffer): Buffer
  openEvidence(org: number, sealed: Buffer): Buffer
}

export const evidenceSealingOf = (vault: Vault): PieceSealing => ({
  sealEvidence: (org, bytes) => vault.seal(org, 'evidence', bytes),
  openEvidence: (org, sealed) => vault.open(org, 'evidence', sealed),
})

/** The vault as links to evidence need it. */
export const linkSigningOf = (vault: Vault): { signLink(said: Buffer): Buffer } => ({
  signLink: (said) => vault.sign('evidence-link', said),
})

/** The vault as the confirmation of warnings needs it. */
export const confirmationSigningOf = (vault: Vault): { signConfirmation(said: Buffer): Buffer } => ({
  signConfirmation: (said) => vault.sign('confirmation', said),
})
