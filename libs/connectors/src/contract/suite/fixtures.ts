import type { Connector } from '../connector'
import type { AppCredentials, RawDelivery, StoredMessage, Translation } from '../inbound'
import type { PerformFixtures } from './describe-performing'
import type { ReadingFixtures } from './describe-reading'
import type { Aspect, CaseOnEveryChannel } from './case-on-channels'

/** How a marketplace signs its HTTP deliveries. The signature always covers the body and the app's secret. */
export interface Signing {
  /** Signs a body as the marketplace does. */
  readonly sign: (body: Buffer, app: AppCredentials) => RawDelivery
  readonly covers: {
    /** Whether the app's key is signed or sent along. If not, a delivery is genuine for every app with the same secret. */
    readonly appKey: boolean
  }
  /**
   * Headers of `sign` that are not checked, lower case, e.g. a request id: a delivery with another value is still
   * genuine.
   */
  readonly unchecked?: readonly string[]
}

/** What a connector provides about its marketplace so that the suite can test it; all of it written by us. */
export interface ConnectorFixtures {
  readonly app: AppCredentials
  /** `no-http-pushes`: the marketplace never delivers over HTTP, so every delivery there is forged. */
  readonly signing: Signing | 'no-http-pushes'
  /** A genuine body with at least one message; with a space, a line break and Chinese in it. */
  readonly body: Buffer
  readonly samples: readonly {
    readonly name: string
    readonly message: StoredMessage
    readonly expectedType: Translation['type']
  }[]
  /** One message for every official code; each code must be known. */
  readonly codes: readonly { readonly code: string; readonly message: StoredMessage }[]
  /** Messages with kinds, tags and codes that no table has, and the text that the reason must contain. */
  readonly unknown: readonly { readonly reasonPart: string; readonly message: StoredMessage }[]
  /** Messages of every channel about this case, the id written as a bare number wherever the marketplace does so. */
  readonly messagesWithCaseNumber: (id: string) => readonly StoredMessage[]
  /** Messages of every channel that reports money, asking for this much. */
  readonly messagesWithAmount: (fen: number) => readonly StoredMessage[]
  /** Cases as all channels report them. `one-channel`: the marketplace has a single channel. */
  readonly sameCase: readonly CaseOnEveryChannel[] | 'one-channel'
  /** What no channel of this marketplace reports, so that `sameCase` need not try it. */
  readonly notReported?: readonly Aspect[]
  /** Names of members whose `null` is documented to differ from absent. */
  readonly membersWithMeaningfulNull?: readonly string[]
  /** How a case is read. Omitted only where the connector has no address, so nothing is called. */
  readonly reading?: ReadingFixtures
  /** How an action is carried out. Omitted only where no action of the manifest has a call. */
  readonly performing?: PerformFixtures
}

/** What is missing in the fixtures. This detects a connector that refuses everything or tests nothing. */
export function missingFixtures(connector: Connector, fixtures: ConnectorFixtures): readonly string[] {
  const { samples, codes, unknown, sameCase, reading, performing } = fixtures
  const hasEndpoints = connector.endpoints !== undefined
  const hasCalls = Object.values(connector.manifest).some(({ way }) => way === 'API')
  const kinds = new Set(samples.map(({ expectedType }) => expectedType))
  const channels = new Set(samples.map(({ message }) => message.channel))
  const missingTypes = (
    fixtureName: string,
    presentTypes: ReadonlySet<string>,
    neededTypes: readonly string[],
  ): readonly string[] =>
    neededTypes.filter((one) => !presentTypes.has(one)).map((one) => `${fixtureName}: none gives ${one}`)
  return [
    ...missingTypes('samples', kinds, ['observed']),
    ...(codes.length === 0 ? ['codes: none'] : []),
    ...(unknown.length === 0 ? ['unknown: none'] : []),
    ...(sameCase === 'one-channel' && channels.size > 1 ? ['sameCase: more than one channel reports a case'] : []),
    ...(hasEndpoints && reading === undefined ? ['reading: the connector has endpoints'] : []),
    ...(hasEndpoints && reading !== undefined
      ? missingTypes('reading', new Set(reading.answers.map(({ expectedType }) => expectedType)), READ_ANSWERS)
      : []),
    ...(hasCalls && performing === undefined ? ['performing: the manifest has calls'] : []),
    ...(hasEndpoints && performing !== undefined
      ? missingTypes(
          'performing',
          new Set(performing.answers.map(({ expectedType }) => expectedType)),
          PERFORM_OUTCOMES,
        )
      : []),
  ]
}

const READ_ANSWERS = ['ok', 'refused', 'token-expired', 'try-later', 'unknown']
const PERFORM_OUTCOMES = ['done', 'refused', 'token-expired', 'try-later', 'unknown']
