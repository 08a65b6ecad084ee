import type { Connector } from '../connector'
import type { ConnectorFixtures } from './fixtures'
import { withScriptedServer } from './describe-reading'

const BYTE_ORDER_MARK = '\ufeff'

/**
 * Tests that a byte order mark before a text of a marketplace changes nothing: in pushes, in answers, and in stored
 * messages.
 */
export function describeByteOrderMarks(
  connector: Connector,
  { app, signing, body, samples, reading }: ConnectorFixtures,
): void {
  const { inbound, outbound } = connector

  it.each(samples.map(({ name, message }) => [name, message] as const))(
    'a byte order mark before %s changes nothing',
    (_, message) => {
      expect(inbound.translate({ ...message, raw: BYTE_ORDER_MARK + message.raw })).toEqual(inbound.translate(message))
    },
  )

  if (signing !== 'no-http-pushes')
    it('a signed body with a byte order mark has the same messages; the mark is part of what is signed', () => {
      const { sign } = signing
      const marked = Buffer.concat([Buffer.from(BYTE_ORDER_MARK), body])
      expect(inbound.receive(sign(marked, app), app)).toEqual(inbound.receive(sign(body, app), app))
      expect(inbound.receive({ ...sign(body, app), body: marked }, app).type).toBe('forged')
    })

  if (reading === undefined) return
  it.each(reading.answers.map((answer) => [answer.name, answer] as const))(
    'an answer with a byte order mark is still %s',
    async (_, answer) => {
      const ctx = {
        now: () => 1_700_000_000_000,
        signal: new AbortController().signal,
        rateLimiter: { admit: async () => undefined, hold: () => undefined },
      }
      const answered = await withScriptedServer(200, BYTE_ORDER_MARK + answer.body, (api) =>
        outbound.read(reading.ref, reading.session(api), ctx),
      )
      expect(answered.type).toBe(answer.expectedType)
    },
  )
}
