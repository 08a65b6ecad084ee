import { timingSafeEqual } from 'node:crypto'
import { ENDINGS, type EvidenceType } from './recognise'

/** A keyed digest of a link's content, at least 18 bytes. Implemented by `access`, with a key used for nothing else. */
export interface LinkSigning {
  signLink(said: Buffer): Buffer
  /** Those of all keys; a link lives for days, and keys may be changed meanwhile. */
  signaturesOfLink(said: Buffer): readonly Buffer[]
}

/** What a link gives: one piece of one organisation, until an instant, UTC ms, whole seconds. */
export interface Linked {
  readonly org: number
  readonly hash: string
  readonly until: number
}

const VERSION = 1
const SAID = 1 + 4 + 5 + 32
const MARK = 18
/** 60 bytes are 80 letters exactly: no two names mean the same link. */
const NAME = /^([\w-]{80})\.([a-z0-9]{3,4})$/

/**
 * The last part of the address at which a piece can be fetched, e.g. `AQAA….jpg`. It gives access to that piece, and
 * nothing else can be learnt from it: no name, no case, no order.
 */
export function linkNameOf({ org, hash, until }: Linked, type: EvidenceType, signing: LinkSigning): string {
  const said = Buffer.alloc(SAID)
  said.writeUInt8(VERSION, 0)
  said.writeUInt32BE(org, 1)
  said.writeUIntBE(Math.floor(until / 1_000), 5, 5)
  said.write(hash, 10, 'hex')
  return `${Buffer.concat([said, markOf(said, signing)]).toString('base64url')}.${ENDINGS[type]}`
}

/**
 * What a link refers to; `undefined` alike for one that we did not make, one that was changed and one that has expired.
 */
export function linkedBy(
  name: string,
  now: number,
  signing: LinkSigning,
): (Linked & { readonly ending: string }) | undefined {
  const [, token, ending] = NAME.exec(name) ?? []
  if (token === undefined || ending === undefined) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const said = bytes.subarray(0, SAID)
  // The digest first: nothing of a forged link is parsed.
  const mark = bytes.subarray(SAID)
  const genuine = signing.signaturesOfLink(said).some((one) => timingSafeEqual(one.subarray(0, MARK), mark))
  if (!genuine || said.readUInt8(0) !== VERSION) return undefined
  const until = said.readUIntBE(5, 5) * 1_000
  return now < until ? { org: said.readUInt32BE(1), until, hash: said.toString('hex', 10), ending } : undefined
}

const markOf = (said: Buffer, signing: LinkSigning): Buffer => signing.signLink(said).subarray(0, MARK)
