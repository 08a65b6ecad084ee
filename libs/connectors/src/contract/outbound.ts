import type { Instant } from '#after-sale'
import type { Answer } from './answer'
import type { AppCredentials, CaseReference, InboundMessage } from './inbound'
import type { ActionOrder, ActionOutcome, RejectReason, ReturnAddress } from './actions'
import type { AppSession, AuthorisationGrant, AuthorisedStore } from './onboarding'
import type { Tokens } from './tokens'
import type { Window } from './window'

/** What is needed to call a marketplace for one store. Contains secrets. */
export interface StoreSession extends AppCredentials {
  readonly shop: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Base addresses, e.g. `{ api: 'https://…', messages: 'wss://…' }`: settings, so that a simulator can replace them. */
  readonly endpoints: Readonly<Record<string, string>>
}

/** What a connector may use during a call: the time, rate limits, and a signal to stop. */
export interface CallContext {
  now(): Instant
  readonly signal: AbortSignal
  /** Keeps the rate limits of the marketplace; shared by all calls from this process. */
  readonly rateLimiter: RateLimiter
  /** Publishes to external adapters; absent where this process does not publish. */
  readonly adapterPublisher?: AdapterPublisher
}

/** A signed message for an external adapter. A repeated message has the same id. */
export interface AdapterMessage {
  readonly adapter: string
  readonly id: string
  readonly type: string
  /** Our id of the case. */
  readonly case: string
  readonly body: string
  readonly signature: string
  /** UTC ms. */
  readonly at: Instant
}

export interface AdapterPublisher {
  /** How long to wait for an answer to an action before it is in doubt, ms. */
  readonly answerMs: number
  /**
   * Resolves with `handed-out` once the message is durable. `unreached`: certainly not published. `unknown`: possibly
   * published. `unsendable`: not published, because it is invalid by its schema or its adapter is not registered.
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
  /** The marketplace answered "too often": no call under these keys for `ms`. */
  hold(limits: readonly RateLimit[], ms: number): void
}

/**
 * The result of reading one window: the messages, and the marketplace's own count to prove completeness. The window is
 * complete only where `claimed` equals `seen` and there is no contradiction; the messages are usable in any case.
 */
export interface PulledWindow {
  readonly messages: readonly InboundMessage[]
  readonly pages: number
  /** Rows that the marketplace claims for the window; `null`: it made no readable claim. */
  readonly claimed: number | null
  /** The number of different cases that were seen. */
  readonly seen: number
  /** Any other contradiction in the answers, e.g. a row that names no case; absent where there is none. */
  readonly contradiction?: string
  readonly cases: readonly { readonly caseNumber: string; readonly revision: Instant }[]
}

/**
 * Receives the pushed messages of a persistent connection. Resolves when they are durable; only then are they
 * acknowledged.
 */
export type MessageSink = (messages: readonly InboundMessage[]) => Promise<void>

/** Callbacks for state changes of a persistent connection. */
export interface ConnectionNotices {
  connected(at: Instant): void
  disconnected(at: Instant, why: string): void
}

export interface Outbound {
  /**
   * How windows of the list are read, ms: the longest window that the marketplace accepts; an overlap for clock
   * differences and late rows; a delay before a window is read. Absent where there is no list: `pull` is then never
   * called, and completeness is reported by messages (`complete`).
   */
  readonly pulling?: { readonly windowMs: number; readonly overlapMs: number; readonly settleMs: number }
  /**
   * Reads every case that changed in the window, to the last page, also while rows move. An answer that contradicts
   * itself is no failure: the rows that were seen are returned, with counts that do not prove completeness.
   */
  pull(window: Window, session: StoreSession, ctx: CallContext): Promise<Answer<PulledWindow>>
  /** Reads one whole case. */
  read(ref: CaseReference, session: StoreSession, ctx: CallContext): Promise<Answer<InboundMessage>>
  /**
   * Replaces `read` where a case is requested by a message; the answer is a message that is received later like any
   * push.
   */
  requestCase?(
    ref: CaseReference & { readonly case: string },
    session: StoreSession,
    ctx: CallContext,
  ): Promise<Answer<void>>
  refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>>
  /** Asks for the tokens of a store that was just authorised. Absent: tokens are typed. */
  authorise?(grant: AuthorisationGrant, app: AppSession, ctx: CallContext): Promise<Answer<AuthorisedStore>>
  /**
   * Carries out one action, by one call that is sent once: no retry inside. A call that left this machine and got no
   * answer in the marketplace's format is `unknown`. Never throws.
   */
  perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome>
  /** The reasons that a rejection of this case may give, where the marketplace has a list. */
  rejectReasons?(ref: CaseReference, session: StoreSession, ctx: CallContext): Promise<Answer<readonly RejectReason[]>>
  /** The store's return addresses, where there is a call. */
  returnAddresses?(session: StoreSession, ctx: CallContext): Promise<Answer<readonly ReturnAddress[]>>
  /**
   * Holds the marketplace's persistent connection of one app for all its stores, until `signal` stops it. Reconnects
   * automatically. Absent where the marketplace pushes over HTTP.
   */
  listen?(
    app: AppCredentials & { readonly endpoints: Readonly<Record<string, string>> },
    sink: MessageSink,
    notices: ConnectionNotices,
    ctx: CallContext,
  ): Promise<void>
  /** Asks the marketplace to push messages for this store, where that needs a separate call. */
  subscribe?(session: StoreSession, ctx: CallContext): Promise<Answer<void>>
}
