import type { Instant } from '#after-sale'
import type { Answer } from './answer'
import type { AppCredentials, CaseReference, InboundMessage } from './inbound'
import type { ActionOrder, ActionOutcome, RejectReason, ReturnAddress } from './performing'
import type { Window } from './window'

/** What is needed to call a marketplace for one store. Secrets. */
export interface StoreSession extends AppCredentials {
  readonly shop: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Base addresses, e.g. `{ api: 'https://…', messages: 'wss://…' }`: settings, so that a simulator can replace them. */
  readonly endpoints: Readonly<Record<string, string>>
}

/** What a connector may use: the time, rate limits, a way to be stopped. */
export interface CallContext {
  now(): Instant
  readonly signal: AbortSignal
  /** Milliseconds to wait before the next call under these limits; counts the call as made. */
  readonly rateLimiter: RateLimiter
  /** Publishes to external adapters; absent where this process does not publish. */
  readonly adapterPublisher?: AdapterPublisher
}

/** A message for an adapter outside, signed. Ids repeat exactly when the message does. */
export interface AdapterMessage {
  readonly adapter: string
  readonly id: string
  readonly type: string
  /** The case's id with us. */
  readonly case: string
  readonly body: string
  readonly signature: string
  /** UTC ms. */
  readonly at: Instant
}

export interface AdapterPublisher {
  /** How long an answer to an action is waited for before it is in doubt, ms. */
  readonly answerMs: number
  /**
   * Resolves when the message is durable (`handed-out`). `unreached`: certainly not handed out; `unknown`: perhaps;
   * `unsendable`: it is invalid by its schema, or its adapter is not registered; not handed out.
   */
  publish(message: AdapterMessage): Promise<'handed-out' | 'unreached' | 'unknown' | 'unsendable'>
}

/** One limit of a marketplace: at most `calls` within `windowMs` for everything that shares `key`. */
export interface RateLimit {
  readonly key: string
  readonly calls: number
  readonly windowMs: number
}

export interface RateLimiter {
  /** Resolves when the call may be made without breaking any of the limits; rejects when stopped. */
  admit(limits: readonly RateLimit[], signal: AbortSignal): Promise<void>
  /** The marketplace answered "too often": no call under these keys until then. */
  hold(limits: readonly RateLimit[], ms: number): void
}

/**
 * What one window gave: the messages, and the marketplace's own count, so that completeness can be proved. It is proved
 * only where `claimed` equals `seen` and nothing contradicts it; the rows are good in any case.
 */
export interface PulledWindow {
  readonly messages: readonly InboundMessage[]
  readonly pages: number
  /** Rows that the marketplace claims for the window; `null`: it made no readable claim. */
  readonly claimed: number | null
  /** Different cases of the window that were seen. */
  readonly seen: number
  /** What else in the answers contradicts itself, e.g. a row that names no case; absent: nothing. */
  readonly contradiction?: string
  readonly cases: readonly { readonly caseNumber: string; readonly revision: Instant }[]
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Instant | undefined
}

/** Where pushed messages of a standing connection go. Resolves when they are durable; only then are they acknowledged. */
export type MessageSink = (messages: readonly InboundMessage[]) => Promise<void>

/** State changes of a standing connection. */
export interface ConnectionNotices {
  connected(at: Instant): void
  disconnected(at: Instant, why: string): void
}

export interface Outbound {
  /**
   * The longest window and page that the marketplace takes; overlap covers clocks and late rows. All ms. Absent where there
   * is no list to read, and `pull` is never called: completeness is reported by message as well (`complete`).
   */
  readonly pulling?: { readonly windowMs: number; readonly overlapMs: number; readonly settleMs: number }
  /**
   * Every case changed in the window, to the last page, also while rows move. An answer that contradicts itself is no
   * failure: the rows that were seen are given, with counts that prove nothing.
   */
  pull(window: Window, session: StoreSession, ctx: CallContext): Promise<Answer<PulledWindow>>
  /** One case, whole. */
  read(ref: CaseReference, session: StoreSession, ctx: CallContext): Promise<Answer<InboundMessage>>
  /** In place of `read`, where a case is asked for by a message: the answer is a message, received later like any push. */
  ask?(ref: CaseReference & { readonly case: string }, session: StoreSession, ctx: CallContext): Promise<Answer<void>>
  refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>>
  /**
   * Carries out one action, by one call that is sent once: no retry inside. Whatever left this machine and was not
   * answered in the marketplace's own words is `unknown`. Never throws.
   */
  perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome>
  /** The reasons that a rejection of this case may give, where the marketplace has a list. */
  rejectReasons?(ref: CaseReference, session: StoreSession, ctx: CallContext): Promise<Answer<readonly RejectReason[]>>
  /** The store's return addresses, where there is a call. */
  returnAddresses?(session: StoreSession, ctx: CallContext): Promise<Answer<readonly ReturnAddress[]>>
  /**
   * Hold the marketplace's standing connection of one app for all its stores, until `signal` stops it. Reconnects by
   * itself. Absent where the marketplace pushes over HTTP.
   */
  listen?(
    app: AppCredentials & { readonly endpoints: Readonly<Record<string, string>> },
    sink: MessageSink,
    notices: ConnectionNotices,
    ctx: CallContext,
  ): Promise<void>
  /** Ask the marketplace to push for this store, where that is a call of its own. */
  subscribe?(session: StoreSession, ctx: CallContext): Promise<Answer<void>>
}
