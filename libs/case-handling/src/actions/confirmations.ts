import { timingSafeEqual } from 'node:crypto'
import type { Action, ActionWarning, Actor } from '#after-sale'
import { ACTION_WARNINGS, canonicalText } from '#after-sale'

/** How long a token is valid after the warnings were shown, ms: long enough to read them and decide. */
export const CONFIRMATION_VALID_MS = 600_000

/** Version of what is signed: a token of another version does not verify. */
const FORMAT = 1

/** Signs with a secret key; implemented by `access`. */
export interface ConfirmationSigning {
  signConfirmation(payload: Buffer): Buffer
}

/** What the warnings are about. The token is signed over all of it, so it confirms nothing else. `judged`: UTC ms. */
export interface ConfirmationSubject {
  readonly org: number
  readonly by: Actor
  readonly caseId: string
  readonly action: Action
  readonly judged: number
}

/** Why a token is invalid. `ConfirmationNotForThis`: it was issued for something else, or not by us. */
export type InvalidConfirmation = 'ConfirmationNotForThis' | 'ConfirmationExpired'

/** What a token confirms. Neither warnings nor a `reason`: no token was given. */
export interface ConfirmationResult {
  readonly warnings: readonly ActionWarning[]
  readonly reason?: InvalidConfirmation
}

const NOTHING_CONFIRMED: ConfirmationResult = { warnings: [] }
/** `<expiry, ms in base 36>.<warnings joined by ->.<signature, 32 bytes in base64url>` */
const TOKEN_PATTERN = /^([0-9a-z]{1,11})\.([A-Za-z]+(?:-[A-Za-z]+)*)\.([\w-]{43})$/

/**
 * Warnings can only be confirmed with the token of the refusal that listed them: a client cannot confirm what was not
 * shown. Nothing is stored: the token contains its expiry, the warnings, and a signature over both, the case, the
 * revision, the action with all its parameters, and the person.
 */
export class Confirmations {
  constructor(private readonly signing: ConfirmationSigning) {}

  /** @param now UTC ms */
  issue(subject: ConfirmationSubject, warnings: readonly ActionWarning[], now: number): string {
    const [expiry, listed] = [(now + CONFIRMATION_VALID_MS).toString(36), [...warnings].sort().join('-')]
    return `${expiry}.${listed}.${this.signatureOf(subject, expiry, listed).toString('base64url')}`
  }

  /** The warnings that the token confirms, or why it is invalid. */
  read(token: string | undefined, subject: ConfirmationSubject, now: number): ConfirmationResult {
    if (token === undefined) return NOTHING_CONFIRMED
    const [, expiry, listed, signature] = TOKEN_PATTERN.exec(token) ?? []
    if (expiry === undefined || listed === undefined || signature === undefined)
      return invalid('ConfirmationNotForThis')
    const presented = Buffer.from(signature, 'base64url')
    const expected = this.signatureOf(subject, expiry, listed)
    if (presented.length !== expected.length || !timingSafeEqual(presented, expected))
      return invalid('ConfirmationNotForThis')
    const expiresAt = parseInt(expiry, 36)
    // Valid for a fixed time from issue: a clock that was set back does not prolong it.
    if (now > expiresAt || now < expiresAt - CONFIRMATION_VALID_MS) return invalid('ConfirmationExpired')
    return { warnings: listed.split('-').filter(isWarning) }
  }

  private signatureOf(
    { org, by, caseId, action, judged }: ConfirmationSubject,
    expiry: string,
    listed: string,
  ): Buffer {
    const content = [FORMAT, org, by, caseId, judged, action, expiry, listed]
    return this.signing.signConfirmation(Buffer.from(canonicalText(content)))
  }
}

const invalid = (reason: InvalidConfirmation): ConfirmationResult => ({ warnings: [], reason })
const isWarning = (word: string): word is ActionWarning => Object.hasOwn(ACTION_WARNINGS, word)
