import { timingSafeEqual } from 'node:crypto'
import { FILE_EXTENSIONS, type EvidenceType } from './recognise'

/** A keyed digest of a link's content, at least 18 bytes. Implemented by `access`, with a key used for nothing else. */
export interface LinkSigning {
  signLink(payload: Buffer): Buffer
  /** Signatures under all current keys: a link is valid for days, and keys may be rotated in the meantime. */
  signaturesOfLink(payload: Buffer): readonly Buffer[]
}

/** What a link gives access to: one piece of one organisation, until a time (UTC ms, rounded down to whole seconds). */
export interface LinkTarget {
  readonly org: number
  readonly hash: string
  readonly until: number
}

const VERSION = 1
const PAYLOAD_BYTES = 1 + 4 + 5 + 32 // version, organisation, expiry in s, SHA-256
const SIGNATURE_BYTES = 18
/** 60 bytes are exactly 80 base64url characters without padding bits, so each link has only one spelling. */
const NAME = /^([\w-]{80})\.([a-z0-9]{3,4})$/

/**
 * The last part of the address at which a piece can be fetched, e.g. `AQAA….jpg`. It gives access to that piece, and
 * nothing else can be learnt from it: no name, no case, no order.
 */
export function linkNameOf({ org, hash, until }: LinkTarget, type: EvidenceType, signing: LinkSigning): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES)
  payload.writeUInt8(VERSION, 0)
  payload.writeUInt32BE(org, 1)
  payload.writeUIntBE(Math.floor(until / 1_000), 5, 5)
  payload.write(hash, 10, 'hex')
  return `${Buffer.concat([payload, signatureOf(payload, signing)]).toString('base64url')}.${FILE_EXTENSIONS[type]}`
}

/**
 * What a link refers to; `undefined` alike for one that we did not make, one that was changed and one that has expired.
 */
export function readLink(
  name: string,
  now: number,
  signing: LinkSigning,
): (LinkTarget & { readonly extension: string }) | undefined {
  const [, token, extension] = NAME.exec(name) ?? []
  if (token === undefined || extension === undefined) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const payload = bytes.subarray(0, PAYLOAD_BYTES)
  // Check the signature first: a forged link is never parsed.
  const signature = bytes.subarray(PAYLOAD_BYTES)
  const genuine = signing
    .signaturesOfLink(payload)
    .some((one) => timingSafeEqual(one.subarray(0, SIGNATURE_BYTES), signature))
  if (!genuine || payload.readUInt8(0) !== VERSION) return undefined
  const until = payload.readUIntBE(5, 5) * 1_000
  return now < until ? { org: payload.readUInt32BE(1), until, hash: payload.toString('hex', 10), extension } : undefined
}

const signatureOf = (payload: Buffer, signing: LinkSigning): Buffer =>
  signing.signLink(payload).subarray(0, SIGNATURE_BYTES)
