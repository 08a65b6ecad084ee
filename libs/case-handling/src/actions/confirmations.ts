import { timingSafeEqual } from 'node:crypto'
import type { Action, ActionWarning, Actor } from '#after-sale'
import { ACTION_WARNINGS, canonical } from '#after-sale'

/** How long a token is valid after the warnings were shown, ms. */
export const CONFIRMATION_VALID_MS = 600_000

/** Signs with a key that nobody outside has; answered by `access`. */
export interface ConfirmationSigning {
  signConfirmation(said: Buffer): Buffer
}

/** What a person is asked to confirm the warnings of: all of it is bound to the token. `judged`: UTC ms. */
export interface ToConfirm {
  readonly org: number
  readonly by: Actor
  readonly caseId: string
  readonly action: Action
  readonly judged: number
}

/** Why a token does not count. `ConfirmationNotForThis`: it was given for something else, or by nobody here. */
export type NotConfirmed = 'ConfirmationNotForThis' | 'ConfirmationExpired'

/** What a token says. `reason` absent with no warnings: no token was given. */
export interface Confirmed {
  readonly warnings: readonly ActionWarning[]
  readonly reason?: NotConfirmed
}

const NOTHING: Confirmed = { warnings: [] }
const TOKEN = /^([0-9a-z]{1,11})\.([A-Za-z]+(?:-[A-Za-z]+)*)\.([\w-]{43})$/

/**
 * Warnings can only be confirmed with a token that the refusal which listed them has given, so nobody confirms what he was
 * not shown. Nothing is stored: the token carries its end and the warnings, and a signature over them, the case, the
 * revision, the action with all its parameters, and the person.
 */
export class Confirmations {
  constructor(private readonly signing: ConfirmationSigning) {}

  /** @param now UTC ms */
  issue(what: ToConfirm, warnings: readonly ActionWarning[], now: number): string {
    const [until, listed] = [(now + CONFIRMATION_VALID_MS).toString(36), [...warnings].sort().join('-')]
    return `${until}.${listed}.${this.signatureOf(what, until, listed).toString('base64url')}`
  }

  /** The warnings that the token confirms, or why it does not count. */
  read(token: string | undefined, what: ToConfirm, now: number): Confirmed {
    if (token === undefined) return NOTHING
    const [, until, listed, signature] = TOKEN.exec(token) ?? []
    if (until === undefined || listed === undefined || signature === undefined)
      return notConfirmed('ConfirmationNotForThis')
    const given = Buffer.from(signature, 'base64url')
    const right = this.signatureOf(what, until, listed)
    if (given.length !== right.length || !timingSafeEqual(given, right)) return notConfirmed('ConfirmationNotForThis')
    const end = parseInt(until, 36)
    // Valid for so long from when it was given: a clock that was set back does not prolong it.
    if (now > end || now < end - CONFIRMATION_VALID_MS) return notConfirmed('ConfirmationExpired')
    return { warnings: listed.split('-').filter(isWarning) }
  }

  private signatureOf({ org, by, caseId, action, judged }: ToConfirm, until: string, listed: string): Buffer {
    return this.signing.signConfirmation(Buffer.from(canonical([1, org, by, caseId, judged, action, until, listed])))
  }
}

const notConfirmed = (reason: NotConfirmed): Confirmed => ({ warnings: [], reason })
const isWarning = (word: string): word is ActionWarning => Object.hasOwn(ACTION_WARNINGS, word)
