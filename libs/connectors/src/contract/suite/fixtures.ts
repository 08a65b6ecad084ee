import type { AppCredentials, RawDelivery, StoredMessage, Translation } from '../inbound'
import type { ActingFixtures } from './acting'
import type { ReadingFixtures } from './reading'
import type { OneCase } from './two-doors'

/** What a connector shows of its marketplace so that the suite can put it to the test. All of it our own fixtures. */
export interface ConnectorFixtures {
  readonly app: AppCredentials
  /** How the marketplace itself would deliver this body over HTTP; absent where it never does. */
  readonly sign?: (body: Buffer, app: AppCredentials) => RawDelivery
  /** A genuine body with at least one message; with a space, a line break and Chinese in it. */
  readonly body: Buffer
  readonly samples: readonly {
    readonly name: string
    readonly message: StoredMessage
    readonly says: Translation['type']
  }[]
  /** One message for every official code: each must be known. */
  readonly codes: readonly { readonly code: string; readonly message: StoredMessage }[]
  /** Kinds, tags and codes that no table has, and the text that the reason must name. */
  readonly unknown: readonly { readonly named: string; readonly message: StoredMessage }[]
  /** Messages of every channel about this case, the id written as a bare number wherever the marketplace does so. */
  readonly about: (id: string) => readonly StoredMessage[]
  /** Messages of every channel that tells money, asking for this much. */
  readonly worth: (fen: number) => readonly StoredMessage[]
  /** Cases as all doors tell them; absent where there is only one door. */
  readonly oneTruth?: readonly OneCase[]
  /** Members whose `null` is documented to mean something else than absent, by name. */
  readonly nullMeans?: readonly string[]
  /** Both are absent where we do not call the marketplace but others do it for us. */
  readonly reading?: ReadingFixtures
  readonly acting?: ActingFixtures
}
