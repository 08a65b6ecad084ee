import type { BuyerFacet } from '#after-sale'
import type { CaseReference, Channel, Connector, NamedCase, ReportedOutcome, Translation, Window } from '#connectors'
import { connectorOf } from '#connectors'
import type { ClaimedMessage, ReadRequest } from '#event-store'
import { caseIdOf } from '../writing/case-id'
import { withoutImpossibleTimes } from './impossible-times'
import type { AppRecord, LineUp, MessageLocation, Sealing, StoreRecord, Stores } from '../ports'
import { sealingTroubleOf } from '../ports'
import { StoreIndex } from '../store-index'
import type { CaseCommand } from '../writing/case-command'

/** Set if the message was pushed: the store, and when it arrived (UTC ms). */
interface WithPush {
  readonly pushed?: { readonly store: number; readonly org: number; readonly at: number }
}

/** The meaning of a stored message. */
export type InterpretedMessage = { readonly id: number; readonly org: number } & (
  | ({
      readonly type: 'observed'
      readonly caseCommand: CaseCommand
      readonly reading?: ReadRequest
      /** The reading is wanted even if the case is over. */
      readonly readWhenOver?: true
    } & WithPush)
  | ({ readonly type: 'must-read'; readonly reading: ReadRequest } & WithPush)
  | ({
      readonly type: 'answered'
      readonly store: number
      readonly effect: string
      readonly token: number
      readonly outcome: ReportedOutcome
    } & WithPush)
  | ({ readonly type: 'complete'; readonly store: number; readonly window: Window; readonly cases: number } & WithPush)
  | ({ readonly type: 'irrelevant' } & WithPush)
  | {
      readonly type: 'quarantined'
      readonly reason: 'unintelligible' | 'unknown-store' | 'failed'
      readonly detail: string
      /** The case that the message names although it was not understood. */
      readonly reading?: ReadRequest
    }
)

/** No message of a marketplace: it is not JSON. */
export const ERASED_BODY = 'erased'

/** An adapter answers a request at once with the same report: after a useless one, it is asked again only after this. */
const REPEATED_READ_DELAY_MS = 300_000

/** Opens stored messages, lets their connector translate them, and identifies their case. Writes nothing. */
export class MessageInterpreter {
  constructor(
    private readonly lineUp: LineUp,
    private readonly stores: Stores,
    private readonly sealing: Sealing,
  ) {}

  async interpret(messages: readonly ClaimedMessage[]): Promise<InterpretedMessage[]> {
    const { apps, stores } = await this.stores.current()
    const index = StoreIndex.of(stores)
    return messages.map((message) => this.interpretOne(message, apps, index))
  }

  /** What replaces the body of a message that names an erased buyer, sealed for its row. */
  erasedBodyOf({ org, app, digest }: MessageLocation): Buffer {
    return this.sealing.sealMessage({ org, app, digest }, ERASED_BODY)
  }

  private interpretOne(message: ClaimedMessage, apps: readonly AppRecord[], index: StoreIndex): InterpretedMessage {
    const { id, org } = message
    const app = apps.find((a) => a.id === message.app)
    const connector = app && connectorOf(app.marketplace, this.lineUp)
    if (app === undefined || connector === undefined)
      return { id, org, type: 'quarantined', reason: 'unknown-store', detail: 'no such app or marketplace' }
    const raw = this.openRaw(message)
    if (raw === ERASED_BODY) return { id, org, type: 'irrelevant' }
    if (raw instanceof Error) return { id, org, type: 'quarantined', reason: 'failed', detail: raw.constructor.name }
    const translation = connector.inbound.translate({
      channel: message.channel as Channel,
      raw,
      receivedAt: message.receivedAt,
    })
    const findStore = (shop: string | undefined): StoreRecord | undefined =>
      message.store === null ? index.ofShop(app.id, shop) : index.ofId(app.id, message.store)
    if (translation.type === 'unintelligible') {
      const { why, names } = translation
      const read = this.readRequestOfNamedCase(message, connector, names, names && findStore(names.shop))
      return { id, org, type: 'quarantined', reason: 'unintelligible', detail: why, ...read }
    }
    const store = findStore(translation.type === 'irrelevant' ? undefined : translation.shop)
    if (translation.type === 'irrelevant') return { id, org, type: 'irrelevant', ...pushTimeOf(message, store) }
    if (store === undefined)
      return {
        id,
        org,
        type: 'quarantined',
        reason: 'unknown-store',
        detail: `no store for shop ${translation.shop ?? '?'}`,
      }
    if (translation.type === 'answered' || translation.type === 'complete')
      return { ...translation, id, org: store.org, store: store.id, ...pushTimeOf(message, store) }
    return this.interpretReport(message, translation, store, connector)
  }

  /** A message that cannot be opened is quarantined; the rest of its batch is processed. */
  private openRaw(message: ClaimedMessage): string | Error {
    try {
      return this.sealing.openMessage(message, message.raw)
    } catch (error) {
      if (error instanceof Error && sealingTroubleOf(error) !== undefined) return error
      throw error
    }
  }

  private readRequestOfNamedCase(
    message: ClaimedMessage,
    connector: Connector,
    names: NamedCase | undefined,
    store: StoreRecord | undefined,
  ): { readonly reading?: ReadRequest } {
    if (names === undefined || store === undefined) return {}
    const reading = buildReadRequest(store, names.case, 'a message that names it was not understood')
    return { reading: delayForAdapters(reading, message, connector) }
  }

  private interpretReport(
    message: ClaimedMessage,
    translation: Extract<Translation, { type: 'observed' | 'must-read' }>,
    store: StoreRecord,
    connector: Connector,
  ): InterpretedMessage {
    const { id } = message
    const { org } = store
    const pushed = pushTimeOf(message, store)
    const requestRead = (why: string): ReadRequest => buildReadRequest(store, translation.case, why)
    if (translation.type === 'must-read')
      return { id, org, type: 'must-read', reading: requestRead(translation.why), ...pushed }
    const { buyer, alsoRead, readWhenOver } = translation
    const report = withoutImpossibleTimes(translation.report, message.receivedAt)
    if (report === undefined) {
      const reading = delayForAdapters(requestRead('a revision from the future'), message, connector)
      return { id, org, type: 'must-read', reading, ...pushed }
    }
    const caseId = caseIdOf(org, store.id, translation.case.caseNumber)
    const sealed: { buyer?: BuyerFacet } =
      buyer === undefined ? {} : { buyer: this.sealing.sealBuyer(org, caseId, buyer) }
    const identity = {
      organisation: String(org),
      store: String(store.id),
      marketplace: store.marketplace,
      caseNumber: translation.case.caseNumber,
    }
    const { orderNumber } = translation.case
    const caseCommand: CaseCommand = {
      id: caseId,
      org,
      store: store.id,
      messageId: id,
      command: {
        type: 'RecordObservation',
        identity,
        ...(orderNumber === undefined ? {} : { orderNumber }),
        ...report,
        facets: { ...report.facets, ...sealed },
      },
      ...(sealed.buyer === undefined ? {} : { sameBuyer: this.sameBuyer(org, caseId) }),
    }
    const reading =
      alsoRead === undefined
        ? {}
        : { reading: requestRead(alsoRead), ...(readWhenOver === undefined ? {} : { readWhenOver }) }
    return { id, org, type: 'observed', caseCommand, ...reading, ...pushed }
  }

  private sameBuyer(org: number, caseId: string): NonNullable<CaseCommand['sameBuyer']> {
    return (fresh, known) => this.sealing.sameBuyer(org, caseId, fresh, known)
  }
}

const delayForAdapters = (
  reading: ReadRequest,
  { receivedAt }: ClaimedMessage,
  { outbound }: Connector,
): ReadRequest =>
  outbound.requestCase === undefined ? reading : { ...reading, not_before: receivedAt + REPEATED_READ_DELAY_MS }

const pushTimeOf = ({ channel, receivedAt }: ClaimedMessage, store: StoreRecord | undefined): WithPush =>
  channel === 'push' && store !== undefined ? { pushed: { store: store.id, org: store.org, at: receivedAt } } : {}

const buildReadRequest = (
  store: StoreRecord,
  { caseNumber, orderNumber }: CaseReference,
  why: string,
): ReadRequest => ({
  stream: caseIdOf(store.org, store.id, caseNumber),
  org: store.org,
  store: store.id,
  case_number: caseNumber,
  order_number: orderNumber ?? null,
  why,
})
