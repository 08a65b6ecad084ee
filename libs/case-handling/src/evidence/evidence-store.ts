import { hash } from 'node:crypto'
import type { RecognisedEvidence } from './recognise-evidence'
import { recogniseEvidence } from './recognise-evidence'
import { stripMetadata } from './strip-metadata'

/** Why a file is refused. `Malformed`: it is damaged, or not what its header says. */
export type EvidenceProblem = 'Empty' | 'TooLarge' | 'TypeNotTaken' | 'Malformed'

/** A stored piece, like the model's `EvidenceFacts`. `hash`: SHA-256 of the stored bytes in lower-case hex. */
export interface KeptEvidence extends RecognisedEvidence {
  readonly hash: string
  readonly bytes: number
}

export type StoreAnswer =
  | { readonly type: 'kept'; readonly piece: KeptEvidence }
  | { readonly type: 'refused'; readonly problem: EvidenceProblem }

/**
 * Stores pieces of evidence by organisation and hash. Times are UTC ms. Pictures and videos are stored and returned
 * without metadata: marketplaces and buyers see them, and a phone records its location in them.
 */
export interface EvidenceStore {
  /** Resolves when the piece is durable. The same bytes are the same piece, kept until the latest of the given times. */
  put(org: number, bytes: Buffer, keepUntil: number): Promise<StoreAnswer>
  /** `undefined`: not stored, or deleted. @throws DamagedEvidence if the bytes do not match their hash */
  get(org: number, hash: string): Promise<Buffer | undefined>
  /** Extends the retention, e.g. because a deadline moved. Returns `false` if the piece is already deleted. */
  extendRetention(org: number, hash: string, keepUntil: number): Promise<boolean>
  /** Deletes the piece whatever its retention: the buyer whom it shows is erased. */
  remove(org: number, hash: string): Promise<void>
  /** Deletes pieces whose retention is over; returns how many. Any number of processes may sweep at once. */
  sweep(now: number): Promise<number>
}

/** Encryption of evidence at rest, because it shows people, addresses and waybills. Implemented by `access`. */
export interface EvidenceSealing {
  sealEvidence(org: number, hash: string, bytes: Buffer): Buffer
  openEvidence(org: number, hash: string, sealed: Buffer): Buffer
}

/** Where sealed bytes are stored: a folder or a bucket. Keys consist of digits, hex and slashes only, see `keyFor`. */
export interface BlobStore {
  /** Writes the retention mark first, then the bytes, atomically, unless they are already stored. */
  put(key: string, sealed: Buffer, keepUntil: number): Promise<void>
  get(key: string): Promise<Buffer | undefined>
  /** Replaces the stored bytes atomically; retention marks stay. */
  replace(key: string, sealed: Buffer): Promise<void>
  /** Adds a retention mark. Returns `false` if there are no bytes with this key. */
  extendRetention(key: string, keepUntil: number): Promise<boolean>
  /** Deletes marks and bytes; the bytes stay where a writer adds a mark meanwhile. */
  remove(key: string): Promise<void>
  sweep(now: number): Promise<number>
}

/** Access to the sealed bytes of pieces, for a key rotation. */
export interface SealedPieces {
  get(org: number, hash: string): Promise<Buffer | undefined>
  replace(org: number, hash: string, sealed: Buffer): Promise<void>
}

export const sealedPiecesIn = (blobs: Pick<BlobStore, 'get' | 'replace'>): SealedPieces => ({
  get: (org, hash) => blobs.get(keyFor(org, hash)),
  replace: (org, hash, sealed) => blobs.replace(keyFor(org, hash), sealed),
})

export type SizeLimits = Readonly<Record<RecognisedEvidence['kind'], number>>

const MB = 1_048_576
/** The largest piece of each kind, bytes: far above what marketplaces accept, whose limits are in the connectors. */
export const DEFAULT_SIZE_LIMITS: SizeLimits = { image: 20 * MB, video: 100 * MB, document: 20 * MB }

/** The stored bytes are not those that were stored: the storage is damaged, or the bytes were exchanged. */
export class DamagedEvidence extends Error {
  constructor() {
    super('a piece of evidence does not match its hash')
  }
}

export function createEvidenceStore(
  blobs: BlobStore,
  sealing: EvidenceSealing,
  sizeLimits: SizeLimits = DEFAULT_SIZE_LIMITS,
): EvidenceStore {
  return {
    async put(org, bytes, keepUntil) {
      if (bytes.length === 0) return { type: 'refused', problem: 'Empty' }
      const recognised = recogniseEvidence(bytes)
      if (recognised === undefined) return { type: 'refused', problem: 'TypeNotTaken' }
      if (bytes.length > sizeLimits[recognised.kind]) return { type: 'refused', problem: 'TooLarge' }
      const stripped = stripMetadata(bytes, recognised.type)
      if (stripped === undefined) return { type: 'refused', problem: 'Malformed' }
      const digest = digestOf(stripped)
      await blobs.put(keyFor(org, digest), sealing.sealEvidence(org, digest, stripped), endOfDayUtc(keepUntil))
      return { type: 'kept', piece: { ...recognised, hash: digest, bytes: stripped.length } }
    },
    async get(org, digest) {
      if (!isDigest(digest)) return undefined
      const sealed = await blobs.get(keyFor(org, digest))
      if (sealed === undefined) return undefined
      const bytes = sealing.openEvidence(org, digest, sealed)
      if (digestOf(bytes) !== digest) throw new DamagedEvidence()
      // Pieces from before 2026-12 were stored with their metadata. Stripping a stripped piece changes nothing.
      const recognised = recogniseEvidence(bytes)
      const stripped = recognised && stripMetadata(bytes, recognised.type)
      if (stripped === undefined) throw new DamagedEvidence()
      return stripped
    },
    extendRetention: async (org, digest, keepUntil) =>
      isDigest(digest) && blobs.extendRetention(keyFor(org, digest), endOfDayUtc(keepUntil)),
    remove: async (org, digest) => (isDigest(digest) ? blobs.remove(keyFor(org, digest)) : undefined),
    sweep: (now) => blobs.sweep(now),
  }
}

const digestOf = (bytes: Buffer): string => hash('sha256', bytes, 'hex')
const isDigest = (text: string): boolean => text.length === 64 && /^[0-9a-f]+$/.test(text)

/**
 * `7/ab/abcdef…`: organisation, first byte of the digest, digest. Only digits, hex and slashes, so no key can leave the
 * storage folder.
 */
function keyFor(org: number, digest: string): string {
  if (!Number.isSafeInteger(org) || org < 0) throw new RangeError('an organisation is a whole number')
  return `${org}/${digest.slice(0, 2)}/${digest}`
}

const DAY_MS = 86_400_000
/** Retention ends at the end of a day (UTC), so that a case that is checked many times a day leaves one mark only. */
const endOfDayUtc = (instant: number): number => Math.ceil(instant / DAY_MS) * DAY_MS
