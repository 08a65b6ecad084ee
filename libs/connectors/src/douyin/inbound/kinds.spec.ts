import type { Facets } from '#after-sale'
import { amountAtRiskOf, decide, fold } from '#after-sale'
import type { Channel } from '../../contract'
import { translate } from './translate'
import { detailOf, pushOf, rowOf, storedMessage } from '../samples/messages'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, REFUND_STATUS } from '../statuses'

const codesOf = (table: object): number[] => Object.keys(table).map(Number)
const STATUSES = codesOf(AFTERSALE_STATUS)
const REFUNDS = [0, ...codesOf(REFUND_STATUS)]
const WITHOUT_MONEY = [3, 7, 8]

const observationOf = (channel: Channel, status: number, type: number, refund: number) => {
  const raw =
    channel === 'push'
      ? pushOf('201', { aftersale_status: status, aftersale_type: type })
      : channel === 'list'
        ? rowOf({ aftersale_status: status, aftersale_type: type, refund_status: refund })
        : detailOf({ after_sale_status: status, after_sale_type: type, refund_status: refund })
  const observation = translate(storedMessage(channel, raw))
  if (observation.type !== 'observed') throw new Error(JSON.stringify(observation))
  return observation
}
const atRisk = ({ report }: ReturnType<typeof observationOf>): number => {
  const identity = { organisation: '1', store: '1', marketplace: 'douyin', caseNumber: '1' }
  const decision = decide(undefined, { type: 'RecordObservation', identity, ...report })
  const afterSale = decision.type === 'decided' ? fold(decision.events) : undefined
  return afterSale === undefined ? -1 : amountAtRiskOf(afterSale)
}
const facetsOf = (...of: Parameters<typeof observationOf>): Partial<Facets> => observationOf(...of).report.facets

/** The status word and the outcome of a finished case, by status and kind; the refund status is the one that it has then. */
const ENDS: readonly (readonly [status: number, refund: number, outcomes: Readonly<Record<number, string>>])[] = [
  [12, 3, { 0: 'refunded', 1: 'refunded', 2: 'refunded', 3: 'replaced', 6: 'refunded', 7: 'replaced', 8: 'repaired' }],
  [12, 0, { 3: 'replaced', 7: 'replaced', 8: 'repaired' }],
  [14, 0, { 0: 'done', 1: 'done', 3: 'replaced', 7: 'replaced', 8: 'repaired' }],
  [53, 0, { 0: 'done', 1: 'done', 2: 'done', 3: 'replaced', 7: 'replaced', 8: 'repaired' }],
  [28, 1, { 0: 'failed', 1: 'failed', 3: 'failed', 7: 'failed', 8: 'failed' }],
  [51, 1, { 0: 'cancelled', 2: 'cancelled', 3: 'cancelled', 7: 'cancelled', 8: 'cancelled' }],
]

describe('status by kind (fault A10)', () => {
  it.each(
    ENDS.flatMap(([status, refund, ends]) =>
      Object.entries(ends).map(([type, end]) => [status, Number(type), refund, end] as const),
    ),
  )('status %i of type %i with refund status %i ends as %s', (status, type, refund, outcome) => {
    for (const channel of ['list', 'detail'] as const)
      expect(facetsOf(channel, status, type, refund).status?.outcome).toBe(outcome)
  })

  it('an exchange, a resend and a repair move no money, and none is at risk, at any status, on any channel', () => {
    for (const type of WITHOUT_MONEY)
      for (const status of STATUSES)
        for (const refund of REFUNDS)
          for (const channel of ['push', 'list', 'detail'] as const) {
            const observation = observationOf(channel, status, type, refund)
            const { money, status: word } = observation.report.facets
            expect(money ?? { stage: 'none' }).toEqual({ stage: 'none' })
            expect([word?.status, word?.outcome]).not.toEqual(expect.arrayContaining(['refunding']))
            expect(word?.outcome).not.toBe('refunded')
            if (channel !== 'push') expect(atRisk(observation)).toBe(0)
          }
  })

  it('an unknown type is not taken for one without money', () => {
    const observation = translate(
      storedMessage('list', rowOf({ aftersale_type: null, aftersale_status: 12, refund_status: 3 })),
    )
    expect(observation).toMatchObject({
      report: { facets: { money: { stage: 'refunded' }, status: { outcome: 'refunded' } } },
    })
  })

  it.each(codesOf(AFTERSALE_TYPE).filter((type) => !WITHOUT_MONEY.includes(type)))(
    'a case of type %i that is open asks for money',
    (type) => expect(facetsOf('list', 6, type, 1).money).toEqual({ stage: 'asked' }),
  )
})
