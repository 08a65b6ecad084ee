import fc from 'fast-check'
import type { Connector } from '../connector'
import type { Translation } from '../inbound'
import { describePerforming } from './describe-performing'
import { describeBlanks } from './blanks'
import { assertValid } from './assert-valid'
import { describeChannelAgreement } from './channel-agreement'
import type { ConnectorFixtures } from './fixtures'
import { missingFixtures } from './fixtures'
import { makeForgeries } from './forgeries'
import { describeAdapterMessages } from './adapter-messages'
import { POISON_TEXTS } from './poison-texts'
import { describeByteOrderMarks } from './byte-order-mark'
import { describeReading } from './describe-reading'

const CHANNELS = ['push', 'list', 'detail'] as const
const NINETEEN_DIGITS = '7000893114000949517'

/** Tests what every connector guarantees, whatever its marketplace (`F8`, `S1`, `S3`: test/faults/README.md). */
export function connectorContract(name: string, connector: Connector, fixtures: ConnectorFixtures): void {
  const { inbound } = connector
  describe(`${name} keeps the contract of connectors`, () => {
    it('leaves nothing out that it has to prove', () => expect(missingFixtures(connector, fixtures)).toEqual([]))

    describeAuthentication(connector, fixtures)

    it.each(fixtures.samples.map((sample) => [sample.name, sample] as const))(
      '%s is understood',
      (_, { message, expectedType: gives }) => {
        const translation = assertValid(inbound.translate(message))
        expect(translation.type).toBe(gives)
        expect(inbound.translate(message)).toEqual(translation)
      },
    )

    it.each(fixtures.codes.map(({ code, message }) => [code, message] as const))(
      'knows the official code %s',
      (_, message) => {
        expect(['observed', 'must-read']).toContain(assertValid(inbound.translate(message)).type)
      },
    )

    it.each(fixtures.unknown.map(({ reasonPart: named, message }) => [named, message] as const))(
      'names what it does not know: %s',
      (named, message) => {
        const translation = assertValid(inbound.translate(message))
        expect(translation).toMatchObject({ type: 'unintelligible', why: expect.stringContaining(named) as string })
      },
    )

    it('keeps an id of nineteen digits to the last digit', () => {
      const numbers = fixtures
        .messagesWithCaseNumber(NINETEEN_DIGITS)
        .map((message) => caseNumberIn(inbound.translate(message)))
      expect(numbers.length).toBeGreaterThan(0)
      expect(new Set(numbers)).toEqual(new Set([NINETEEN_DIGITS]))
    })

    it('reports money in fen, to the fen', () => {
      for (const fen of [0, 1, 10, 99, 100, 101, 1990, 8900, 1_000_000_01]) {
        const totals = fixtures.messagesWithAmount(fen).map((message) => totalIn(inbound.translate(message)))
        expect(totals.length).toBeGreaterThan(0)
        expect(new Set(totals)).toEqual(new Set([fen]))
      }
    })

    it.each(POISON_TEXTS)('survives %s on every channel', (_, text) => {
      for (const channel of CHANNELS)
        assertValid(inbound.translate({ channel, raw: text, receivedAt: 1_700_000_000_000 }))
    })

    it('survives any text and any JSON on every channel', () => {
      const raw = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json({ maxDepth: 6 }),
        mutateSample(fixtures.samples.map(({ message }) => message.raw)),
      )
      fc.assert(
        fc.property(fc.constantFrom(...CHANNELS), raw, (channel, text) => {
          assertValid(inbound.translate({ channel, raw: text, receivedAt: 1_700_000_000_000 }))
        }),
        { numRuns: 1000 },
      )
    })

    describeBlanks(connector, fixtures)
    describeByteOrderMarks(connector, fixtures)
    describeChannelAgreement(connector, fixtures)
    const { reading, performing } = fixtures
    if (connector.endpoints === undefined) return describeAdapterMessages(connector, performing)
    // Missing fixtures have already failed the first test.
    if (reading !== undefined) describeReading(connector, reading)
    if (reading !== undefined && performing !== undefined) describePerforming(connector, reading.session, performing)
  })
}

function describeAuthentication({ inbound }: Connector, { app, signing, body }: ConnectorFixtures): void {
  if (signing === 'no-http-pushes') {
    it('accepts nothing over HTTP, since this marketplace does not push that way', () => {
      const deliveries = [{}, { authorization: 'Bearer x' }, { 'x-signature': '0'.repeat(32), 'x-app': app.appKey }]
      for (const headers of deliveries) expect(inbound.receive({ headers, body }, app).type).toBe('forged')
    })
    return
  }
  const { sign } = signing
  it('accepts what the marketplace signed, with every message in it', () => {
    const receipt = inbound.receive(sign(body, app), app)
    expect(receipt).toMatchObject({ type: 'accepted', answer: { status: 200 } })
    expect(receipt.type === 'accepted' && receipt.messages.length).toBeGreaterThan(0)
  })

  const forgeries = makeForgeries(body, app, signing)
  it('is tried with at least forty forgeries', () => expect(forgeries.length).toBeGreaterThanOrEqual(40))
  it.each(forgeries.map((forgery) => [forgery.name, forgery] as const))(
    'refuses %s',
    (_, { delivery, checkedWith }) => {
      expect(inbound.receive(delivery, checkedWith ?? app).type).toBe('forged')
    },
  )
  it('answers every forgery alike, so that a forger learns nothing', () => {
    const answers = forgeries.map(({ delivery, checkedWith }) => inbound.receive(delivery, checkedWith ?? app).answer)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })
  it('refuses by the headers alone nothing that is genuine, and answers as after the body', () => {
    const { refusalByHeaders } = inbound
    if (refusalByHeaders === undefined) return
    expect(refusalByHeaders(sign(body, app).headers, app.appKey)).toBeUndefined()
    const refused = forgeries.flatMap(({ delivery, checkedWith = app }) => {
      const answer = refusalByHeaders(delivery.headers, checkedWith.appKey)
      return answer === undefined ? [] : [{ answer, after: inbound.receive(delivery, checkedWith).answer }]
    })
    expect(refused.length).toBeGreaterThan(0)
    for (const { answer, after } of refused) expect(answer).toEqual(after)
  })
  it.each(POISON_TEXTS)('loses nothing that was signed: %s', (_, text) => {
    const mutateSample = Buffer.from(text)
    const receipt = inbound.receive(sign(mutateSample, app), app)
    expect(receipt.type).toBe('accepted')
    if (receipt.type === 'accepted')
      for (const message of receipt.messages) assertValid(inbound.translate({ ...message, receivedAt: 1 }))
  })
}

const caseNumberIn = (translation: Translation): string | undefined =>
  translation.type === 'observed' || translation.type === 'must-read' ? translation.case.caseNumber : undefined

const totalIn = (translation: Translation): number | undefined =>
  translation.type === 'observed' ? translation.report.facets.amounts?.total : undefined

/** A sample with one value replaced: most results are still JSON and nearly valid, which is where errors hide. */
function mutateSample(texts: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.json({ maxDepth: 2 }),
    fc.constantFrom('1e400000', '-1', '"\\u0000"', '"\\ud800"', '99999999999999999999', '{}', '[]'),
  )
  return fc.tuple(fc.constantFrom(...texts), fc.nat(), value).map(([text, at, replacement]) => {
    const values = [...text.matchAll(/(?<=:\s*)(-?\d+|"(?:[^"\\]|\\.)*"|true|false|null)/g)]
    const chosen = values[at % Math.max(values.length, 1)]
    return chosen === undefined
      ? text
      : text.slice(0, chosen.index) + replacement + text.slice(chosen.index + chosen[0].length)
  })
}

export type { ConnectorFixtures } from './fixtures'
