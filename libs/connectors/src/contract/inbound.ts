import type { Instant, RecordObservation } from '#after-sale'
import type { Window } from './window'
import type { ReportedOutcome } from './performing'

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

/** The answer to the marketplace. */
export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** The channel through which a message was received: it decides how its bytes are read. */
export type Channel = 'push' | 'list' | 'detail'

/** One message about (at most) one case, with its own exact bytes. This is what is made durable. */
export interface InboundMessage {
  readonly channel: Channel
  /**
   * Equal for a repetition of the same message, different otherwise; unique within one app and channel, forever. The
   * marketplace's own id is not enough: one id has been seen on two contents. So a digest of the content is part of it.
   */
  readonly key: string
  /** The marketplace's number of the shop, where the message has it. */
  readonly shop: string | undefined
  /** The exact text of the message (for a push: the element of the array; for a list: the row; for a detail: the whole answer). */
  readonly raw: string
}

export type Receipt =
  /** Genuine. The answer may be given only after every message is durable. A probe has no messages. */
  | { readonly type: 'accepted'; readonly messages: readonly InboundMessage[]; readonly answer: HttpAnswer }
  /** Not signed by the marketplace. Nothing is stored. */
  | { readonly type: 'forged'; readonly why: string; readonly answer: HttpAnswer }

/** A case at a marketplace, as it is asked for. */
export interface CaseReference {
  readonly caseNumber: string
  readonly orderNumber?: string
}

/** A case that a message names although the rest of it is not understood. `shop`: as in the message. */
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

/** Who the buyer is, in clear; sealed by the shell before the model sees it. Never put into anything else. */
export interface BuyerInClear {
  readonly name?: string
  readonly phone?: string
}

export type Translation =
  | {
      readonly type: 'observed'
      readonly shop: string | undefined
      readonly case: CaseReference
      /** Everything but the identity, which the shell completes with organisation and store. */
      readonly report: Omit<RecordObservation, 'type' | 'identity'>
      readonly buyer?: BuyerInClear
      /** The message was true but incomplete: read the whole case as well, unless it is over. */
      readonly alsoRead?: string
      /** What is missing is wanted of a case that is over as well: a ruling, the sum that was paid, whose money it was. */
      readonly readWhenOver?: true
    }
  /** What became of an action that was handed out. `token`: of the claim under which it was. */
  | {
      readonly type: 'answered'
      readonly shop: string | undefined
      readonly effect: string
      readonly token: number
      readonly outcome: ReportedOutcome
    }
  /** Every change of the shop within the window has been reported; of so many cases. */
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
   * Not understood; quarantined with the reason. An unknown code is never mapped to a plausible one. `names`: the case that
   * the message is about, where it is still readable and a read may report what the message does not: it is then read as well.
   */
  | { readonly type: 'unintelligible'; readonly why: string; readonly names?: NamedCase }

export interface Inbound {
  /**
   * Is this delivery genuine, and which messages are in it? Pure; has no default. A genuine body that cannot be taken
   * apart is accepted as one message with the whole body, so that nothing that was signed is lost.
   */
  receive(delivery: RawDelivery, app: AppCredentials): Receipt
  /**
   * The refusal that the headers alone justify, whatever the body is: a signature that is missing or malformed, or meant
   * for another app. Equal to what `receive` answers, and equal forevery app, registered or not. Absent: nothing can be
   * decided before the body is read. Pure.
   */
  refusalByHeaders?(headers: RawDelivery['headers'], appKey: string): HttpAnswer | undefined
  /** What does this message mean? Pure and total: never throws. */
  translate(message: StoredMessage): Translation
}
