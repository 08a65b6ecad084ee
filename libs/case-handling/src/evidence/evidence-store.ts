import { hash } from 'node:crypto'
import type { Recognised } from './recognise'
import { recognise } from './recognise'
import { stripMetadata } from './strip-metadata'

/** Why a file is refused. A value, for the uploader. `Malformed`: damaged, or not what its header says. */
export type EvidenceProblem = 'Empty' | 'TooLarge' | 'TypeNotTaken' | 'Malformed'

/**
 * What was stored, as the model knows it (`EvidenceFacts`): the hash is SHA-256 of the stored bytes, lower-case hex.
 */
export interface KeptEvidence extends Recognised {
  readonly hash: string
  readonly bytes: number
}

export type PutAnswer =
  | { readonly type: 'kept'; readonly piece: KeptEvidence }
  | { readonly type: 'refused'; readonly problem: EvidenceProblem }

/**
 * Pieces of evidence, by the hash of their bytes, each for one organisation. Times are UTC ms. Pictures and videos are
 * stored and returned without metadata: they are shown to marketplaces and buyers, and a phone records its location in
 * them.
 */
export interface EvidenceStore {
  /** Durable when it resolves. The same bytes again are the same piece, kept until the later of both times. */
  put(org: number, bytes: Buffer, keepUntil: number): Promise<PutAnswer>
  /** `undefined`: not stored, or deleted. Throws `DamagedEvidence` where the bytes do not match their hash. */
  get(org: number, hash: string): Promise<Buffer | undefined>
  /** Extends the retention, e.g. because a deadline moved; `false`: the piece is already deleted. */
  keep(org: number, hash: string, until: number): Promise<boolean>
  /** Deletes pieces whose retention is over; returns how many. Any number of processes may sweep at once. */
  sweep(now: number): Promise<number>
}

/** Evidence shows people, addresses, waybills: it is sealed at rest, for its organisation. Implemented by `access`. */
export interface EvidenceSealing {
  sealEvidence(org: number, hash: string, bytes: Buffer): Buffer
  openEvidence(org: number, hash: string, sealed: Buffer): Buffer
}

/** Where sealed bytes are stored: a folder, a bucket. Keys are made here, of digits and hex only. */
export interface BlobStore {
  /** Writes the retention mark first, then the bytes, atomically, unless they are already stored. */
  put(key: string, sealed: Buffer, keepUntil: number): Promise<void>
  get(key: string): Promise<Buffer | undefined>
  /** Replaces the stored bytes atomically; retention marks stay. */
  replace(key: string, sealed: Buffer): Promise<void>
  /** Adds a retention mark to the stored bytes; `false`: there are none. */
  keep(key: string, until: number): Promise<boolean>
  sweep(now: number): Promise<number>
}

/** Pieces as they are stored, for a key rotation. */
export interface SealedPieces {
  get(org: number, hash: string): Promise<Buffer | undefined>
  replace(org: number, hash: string, sealed: Buffer): Promise<void>
}

export const sealedPiecesOn = (blobs: Pick<BlobStore, 'get' | 'replace'>): SealedPieces => ({
  get: (org, hash) => blobs.get(keyFor(org, hash)),
  replace: (org, hash, sealed) => blobs.replace(keyFor(org, hash), sealed),
})

export type SizeLimits = Readonly<Record<Recognised['kind'], number>>

const MB = 1_048_576
/** The largest piece in bytes, far above what marketplaces accept: their limits are in the connectors. */
export const DEFAULT_SIZE_LIMITS: SizeLimits = { image: 20 * MB, video: 100 * MB, document: 20 * MB }

export class DamagedEvidence extends Error {
  constructor() {
    super('a piece of evidence does not match its hash')
  }
}

export function evidenceStoreOn(
  blobs: BlobStore,
  sealing: EvidenceSealing,
  sizeLimits: SizeLimits = DEFAULT_SIZE_LIMITS,
): EvidenceStore {
  return {
    async put(org, bytes, keepUntil) {
      if (bytes.length === 0) return { type: 'refused', problem: 'Empty' }
      const recognised = recognise(bytes)
      if (recognised === undefined) return { type: 'refused', problem: 'TypeNotTaken' }
      if (bytes.length > sizeLimits[recognised.kind]) return { type: 'refused', problem: 'TooLarge' }
      const stripped = stripMetadata(bytes, recognised.type)
      if (stripped === undefined) return { type: 'refused', problem: 'Malformed' }
      const digest = digestOf(stripped)
      await blobs.put(keyFor(org, digest), sealing.sealEvidence(org, digest, stripped), endOfDay(keepUntil))
      return { type: 'kept', piece: { ...recognised, hash: digest, bytes: stripped.length } }
    },
    async get(org, digest) {
      if (!isDigest(digest)) return undefined
      const sealed = await blobs.get(keyFor(org, digest))
      if (sealed === undefined) return undefined
      const bytes = sealing.openEvidence(org, digest, sealed)
      if (digestOf(bytes) !== digest) throw new DamagedEvidence()
      // Pieces from before 2026-12 were stored with their metadata. Stripping a stripped piece changes nothing.
      const recognised = recognise(bytes)
      const stripped = recognised && stripMetadata(bytes, recognised.type)
      if (stripped === undefined) throw new DamagedEvidence()
      return stripped
    },
    keep: async (org, digest, until) => isDigest(digest) && blobs.keep(keyFor(org, digest), endOfDay(until)),
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

const DAY = 86_400_000
/** Rounded up to the end of the day: a case that is checked a hundred times a day leaves one mark. */
const endOfDay = (instant: number): number => Math.ceil(instant / DAY) * DAY
