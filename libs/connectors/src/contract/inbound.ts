import type { Instant, RecordObservation } from '#after-sale'
import type { Window } from './window'
import type { ReportedOutcome } from './actions'

/** What a marketplace's app needs to verify messages and to authenticate itself. Secrets: never logged, sealed at rest. */
export interface AppCredentials {
  readonly appKey: string
  readonly appSecret: string
}

/** One HTTP delivery exactly as it arrived. Signatures are checked over `body`, never over anything re-encoded. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** Our HTTP answer to a delivery. */
export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** The channel through which a message was received: it decides how its bytes are read. */
export type Channel = 'push' | 'list' | 'detail'

/** One message about at most one case, with its exact bytes. This is what is stored. */
export interface InboundMessage {
  readonly channel: Channel
  /**
   * The same for a repetition of the message, and unique otherwise within one app and channel. It contains a digest of
   * the content, because marketplaces have used one id for two different contents.
   */
  readonly key: string
  /** The marketplace's number of the shop, where the message contains it. */
  readonly shop: string | undefined
  /** The exact text of the message (for a push: the element of the array; for a list: the row; for a detail: the whole answer). */
  readonly raw: string
}

/** Whether a delivery is genuine, with its messages and our HTTP answer. */
export type Receipt =
  /** Genuine. The answer may be given only after every message is durable. A probe has no messages. */
  | { readonly type: 'accepted'; readonly messages: readonly InboundMessage[]; readonly answer: HttpAnswer }
  /** Not signed by the marketplace. Nothing is stored. */
  | { readonly type: 'forged'; readonly why: string; readonly answer: HttpAnswer }

/** The numbers by which a marketplace is asked for a case. */
export interface CaseReference {
  readonly caseNumber: string
  readonly orderNumber?: string
}

/** A case that is named by a message that is otherwise not understood. `shop`: as in the message. */
export interface NamedCase {
  readonly shop: string | undefined
  readonly case: CaseReference
}

/** A stored message, to be translated. */
export interface StoredMessage {
  readonly channel: Channel
  readonly raw: string
  /** When we received it (push) or when the marketplace answered (list, detail). UTC ms. */
  readonly receivedAt: Instant
}

/**
 * The buyer's personal data, unencrypted. It is sealed before the model sees it and must not be copied anywhere else.
 */
export interface BuyerInClear {
  readonly name?: string
  readonly phone?: string
}

/**
 * What a message means: a report about a case, an adapter's report about an action or its progress, a hint to read, or
 * nothing usable.
 */
export type Translation =
  | {
      readonly type: 'observed'
      readonly shop: string | undefined
      readonly case: CaseReference
      /** Everything but the identity, which the shell completes with organisation and store. */
      readonly report: Omit<RecordObservation, 'type' | 'identity'>
      readonly buyer?: BuyerInClear
      /** Why the message is incomplete, so that the whole case must be read as well, unless it has ended. */
      readonly alsoRead?: string
      /** The case is read even if it has ended, for a ruling, the paid amount, or the payer. */
      readonly readWhenOver?: true
    }
  /** The outcome of an action that was handed out. `token`: that of the claim under which it was handed out. */
  | {
      readonly type: 'answered'
      readonly shop: string | undefined
      readonly effect: string
      readonly token: number
      readonly outcome: ReportedOutcome
    }
  /** Every change of the shop within the window has been reported; `cases` is the number of changed cases. */
  | { readonly type: 'complete'; readonly shop: string | undefined; readonly window: Window; readonly cases: number }
  /** Only a hint: the case must be read. */
  | {
      readonly type: 'must-read'
      readonly shop: string | undefined
      readonly case: CaseReference
      readonly why: string
    }
  /** Understood, and not about after-sale. */
  | { readonly type: 'irrelevant'; readonly why: string }
  /**
   * Not understood; quarantined with the reason. An unknown code is never mapped to a plausible one. `names`: the case
   * that the message is about, where it is readable; the case is then read, since that may report what the message does
   * not.
   */
  | { readonly type: 'unintelligible'; readonly why: string; readonly names?: NamedCase }

export interface Inbound {
  /**
   * Checks whether a delivery is genuine, and splits it into messages. Pure. A genuine body that cannot be split is
   * accepted as one message with the whole body, so that nothing that was signed is lost.
   */
  receive(delivery: RawDelivery, app: AppCredentials): Receipt
  /**
   * The refusal that follows from the headers alone, before the body is read: the signature is missing, malformed, or
   * for another app. The same answer as that of `receive`, and the same for every app, registered or not. Absent where
   * nothing can be decided without the body. Pure.
   */
  refusalByHeaders?(headers: RawDelivery['headers'], appKey: string): HttpAnswer | undefined
  /** Translates a stored message into what it means. Pure and total: never throws. */
  translate(message: StoredMessage): Translation
}
