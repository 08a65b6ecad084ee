import { timingSafeEqual } from 'node:crypto'
import { FILE_EXTENSIONS, type EvidenceType } from './recognise-evidence'

/** A keyed digest of a link's content, at least 18 bytes. Implemented by `access`, with a key used for nothing else. */
export interface LinkSigning {
  signLink(payload: Buffer): Buffer
  /** Signatures under all current keys: a link is valid for days, and keys may be rotated in the meantime. */
  signaturesOfLink(payload: Buffer): readonly Buffer[]
}

/** What a link gives access to: one piece of one organisation until a time (UTC ms, rounded down to seconds). */
export interface LinkTarget {
  readonly org: number
  readonly hash: string
  readonly expiresAt: number
}

/** Of the format of links; a link of another version is invalid. */
const LINK_VERSION = 1
const PAYLOAD_BYTES = 1 + 4 + 5 + 32 // version, organisation, expiry in s, SHA-256
/** 144 bits cannot be guessed. With the payload they are 60 bytes: 80 base64url characters without unused bits. */
const SIGNATURE_BYTES = 18
/** Because no bit is unused, each link has only one spelling. */
const LINK_NAME_PATTERN = /^([\w-]{80})\.([a-z0-9]{3,4})$/

/**
 * The last part of the URL at which a piece can be fetched, e.g. `AQAA….jpg`. It gives access to that piece and reveals
 * nothing else: no name, no case, no order.
 */
export function buildLinkName({ org, hash, expiresAt }: LinkTarget, type: EvidenceType, signing: LinkSigning): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES)
  payload.writeUInt8(LINK_VERSION, 0)
  payload.writeUInt32BE(org, 1)
  payload.writeUIntBE(Math.floor(expiresAt / 1_000), 5, 5)
  payload.write(hash, 10, 'hex')
  return `${Buffer.concat([payload, signatureOf(payload, signing)]).toString('base64url')}.${FILE_EXTENSIONS[type]}`
}

/**
 * What a link refers to; `undefined` whether it was forged, changed or has expired. `now`: UTC ms.
 */
export function readLink(
  linkName: string,
  now: number,
  signing: LinkSigning,
): (LinkTarget & { readonly extension: string }) | undefined {
  const [, token, extension] = LINK_NAME_PATTERN.exec(linkName) ?? []
  if (token === undefined || extension === undefined) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const payload = bytes.subarray(0, PAYLOAD_BYTES)
  // The signature is checked first, so that a forged link is never parsed.
  const signature = bytes.subarray(PAYLOAD_BYTES)
  const isGenuine = signing
    .signaturesOfLink(payload)
    .some((expected) => timingSafeEqual(expected.subarray(0, SIGNATURE_BYTES), signature))
  if (!isGenuine || payload.readUInt8(0) !== LINK_VERSION) return undefined
  const expiresAt = payload.readUIntBE(5, 5) * 1_000
  return now < expiresAt
    ? { org: payload.readUInt32BE(1), expiresAt, hash: payload.toString('hex', 10), extension }
    : undefined
}

const signatureOf = (payload: Buffer, signing: LinkSigning): Buffer =>
  signing.signLink(payload).subarray(0, SIGNATURE_BYTES)
