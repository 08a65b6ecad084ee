import type { AppCredentials, Json, RawDelivery, StoredMessage } from '../contract'
import { connectorContract } from '../contract/suite'
import { spellInstant } from '../contract/suite/time-spellings'
import { outside } from '.'
import { signatureOf } from './sign'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const app: AppCredentials = { appKey: 'kuaishou-bridge', appSecret: 'a-secret-of-the-adapter' }

const sign = (body: Buffer, { appKey, appSecret }: AppCredentials): RawDelivery => {
  const [id, type] = ['observation-1', 'case-observed.v1']
  return {
    body,
    headers: {
      ce_id: id,
      ce_type: type,
      ce_source: `/shouhou/adapters/${appKey}`,
      shouhou_signature: signatureOf({ id, type, body }, appSecret),
    },
  }
}

const CASE_REPORT = {
  shop: 'shop-1',
  caseNumber: '7000893114000949517',
  orderNumber: '4835804142146756441',
  revision: NOON,
  observedAt: NOON + 1_000,
  appliedAt: NOON - 1_000,
  status: { status: 'awaiting-merchant-decision', raw: '10' },
  kind: { kind: 'refund-only', variant: 'shipped' },
  amounts: { total: 8900, legs: { GOODS: 8000, FREIGHT: 900 } },
  reason: { text: '不想要了' },
  reasonCode: { code: '17' },
  deadline: { due: NOON + 172_800_000, forRaw: '10' },
  order: {
    orderNumber: '4835804142146756441',
    lines: [{ lineId: '1', title: '杯子', sku: 'CUP', quantity: 2, paid: 8000 }],
    paid: 8900,
    paidAt: NOON - 9_000,
  },
  goods: { stage: 'in-transit', parcels: [{ direction: 'out', tracking: 'SF1', carrier: '顺丰', state: '2' }] },
  money: { stage: 'asked', payer: 'merchant' },
  dispute: { stage: 'none' },
  flags: ['speed-refund', 'a-mark'],
}
const ANSWER = { shop: 'shop-1', effect: '0e9b2a34-0000-8000-a000-000000000001/i-1', token: 7, outcome: 'done' }

const report = (type: string, data: unknown): StoredMessage => ({
  channel: 'push',
  raw: JSON.stringify({ id: 'x', type, data }),
  receivedAt: NOON,
})
const observed = (over: object = {}): StoredMessage => report('case-observed.v1', { ...CASE_REPORT, ...over })
const answered = (over: object = {}): StoredMessage => report('act-answered.v1', { ...ANSWER, ...over })

connectorContract('an adapter outside', outside, {
  app,
  signing: { sign, covers: { appKey: true } },
  body: Buffer.from(JSON.stringify(CASE_REPORT, null, 1)),
  samples: [
    { name: 'a case, whole', message: observed(), expectedType: 'observed' },
    {
      name: 'a case of which only a number is known',
      message: report('case-observed.v1', { shop: 'shop-1', caseNumber: '1', revision: NOON, observedAt: NOON }),
      expectedType: 'observed',
    },
    { name: 'an answer', message: answered(), expectedType: 'answered' },
    {
      name: 'that the adapter has caught up',
      message: report('caught-up.v1', { shop: 'shop-1', from: NOON - 1, until: NOON, cases: 0 }),
      expectedType: 'complete',
    },
    {
      name: 'a time that ends before it begins',
      message: report('caught-up.v1', { shop: 'shop-1', from: NOON, until: NOON, cases: 0 }),
      expectedType: 'unintelligible',
    },
  ],
  codes: ['awaiting-merchant-decision', 'refunding', 'succeeded'].map((status) => ({
    code: status,
    message: observed({ status: { status, raw: '10' } }),
  })),
  unknown: [
    { reasonPart: 'half-refunded', message: observed({ status: { status: 'half-refunded', raw: '10' } }) },
    { reasonPart: '/kind/kind', message: observed({ kind: { kind: 'gift' } }) },
    { reasonPart: '/outcome', message: answered({ outcome: 'perhaps' }) },
    { reasonPart: '/amounts/total', message: observed({ amounts: { total: 89.5, legs: {} } }) },
    { reasonPart: '/deadline/forRaw', message: observed({ deadline: { due: null, forRaw: '11' } }) },
    { reasonPart: '/order/lines/0/lineId', message: observed({ order: { orderNumber: '1', lines: [{}] } }) },
    { reasonPart: 'constructor', message: report('constructor', CASE_REPORT) },
  ],
  messagesWithCaseNumber: (id) => [
    report('case-observed.v1', { ...CASE_REPORT, caseNumber: id }),
    { ...observed(), raw: observed().raw.replace(`"${CASE_REPORT.caseNumber}"`, id) },
  ],
  sameCase: 'one-channel',
  membersWithMeaningfulNull: ['due'],
  performing: {
    order: { action: { name: 'approve-refund' }, caseNumber: '1', revision: NOON },
    answers: [],
  },
  messagesWithAmount: (fen) => [observed({ amounts: { total: fen, legs: {} } })],
})

describe('a report of an adapter', () => {
  it('is taken over unchanged, since it uses the values of the model', () => {
    const { shop, caseNumber, orderNumber, revision, observedAt, appliedAt, ...facets } = CASE_REPORT
    expect(outside.inbound.translate(observed())).toEqual({
      type: 'observed',
      shop,
      case: { caseNumber, orderNumber },
      report: { stamp: { revision, observedAt }, appliedAt, facets: { ...facets, flags: ['a-mark', 'speed-refund'] } },
    })
  })

  it('may report what was agreed and what was actually refunded beside what is asked; absent they stay unknown', () => {
    const amounts = { amountAgreed: { total: 8900 }, amountRefunded: { total: 1744 } }
    const translated = outside.inbound.translate(observed(amounts))
    expect(translated.type === 'observed' && translated.report.facets).toMatchObject({
      amounts: CASE_REPORT.amounts,
      ...amounts,
    })
    const without = outside.inbound.translate(observed())
    expect(Object.keys((without.type === 'observed' && without.report.facets) || {})).not.toContain('amountRefunded')
  })

  it.each(['amountAgreed', 'amountRefunded'])('names a %s that is no money', (facet) => {
    for (const total of [-1, 17.44, null, 'all'])
      expect(outside.inbound.translate(observed({ [facet]: { total } }))).toMatchObject({
        type: 'unintelligible',
        why: expect.stringContaining(`/${facet}/total`) as string,
      })
  })

  it('leaves out unknown fields, a buyer above all', () => {
    const translated = outside.inbound.translate(observed({ buyer: { name: '张三', phone: '13812345678' }, more: 1 }))
    expect(translated).toEqual(outside.inbound.translate(observed()))
  })

  it.each<[string, object, object]>([
    ['done', {}, { type: 'done' }],
    ['refused', { code: 'E7', words: '余额不足' }, { type: 'refused', code: 'E7', text: '余额不足' }],
    ['refused', {}, { type: 'refused', code: 'no-code', text: '' }],
    ['stale', { code: 'moved' }, { type: 'stale', code: 'moved' }],
    ['try-later', { afterMs: 3_000 }, { type: 'try-later', afterMs: 3_000, why: '' }],
    ['in-doubt', { words: 'cut' }, { type: 'unknown', why: 'cut' }],
  ])('reports of an action that it is %s %j', (outcome, more, means) => {
    expect(outside.inbound.translate(answered({ outcome, ...more }))).toEqual({
      type: 'answered',
      shop: 'shop-1',
      effect: ANSWER.effect,
      token: 7,
      outcome: means,
    })
  })

  it('is kept where it is not even JSON, since it was signed', () => {
    const receipt = outside.inbound.receive(sign(Buffer.from('{"half'), app), app)
    expect(receipt).toMatchObject({ type: 'accepted', messages: [{ shop: undefined }] })
    const [message] = receipt.type === 'accepted' ? receipt.messages : []
    expect(JSON.parse(message?.raw ?? '') as Json).toMatchObject({ unreadable: '{"half' })
  })

  it('is the same message when it is repeated, and another one with other content under the same id', () => {
    const keyOf = (body: string) => {
      const receipt = outside.inbound.receive(sign(Buffer.from(body), app), app)
      return receipt.type === 'accepted' ? receipt.messages.map(({ key }) => key) : []
    }
    expect(keyOf('{"caseNumber":"1"}')).toEqual(keyOf('{"caseNumber":"1"}'))
    expect(keyOf('{"caseNumber":"1"}')).not.toEqual(keyOf('{"caseNumber":"1","revision":2}'))
  })

  it('times are read in every spelling', () => {
    for (const spelling of spellInstant(NOON))
      expect(
        outside.inbound.translate(observed({ revision: spelling, deadline: { due: spelling, forRaw: '10' } })),
      ).toMatchObject({
        report: { stamp: { revision: NOON }, facets: { deadline: { due: NOON } } },
      })
  })

  it('names its case where it is not understood, so that the adapter is asked for the case', () => {
    const names = { shop: 'shop-1', case: { caseNumber: CASE_REPORT.caseNumber, orderNumber: CASE_REPORT.orderNumber } }
    expect(outside.inbound.translate(observed({ status: { status: 'half-refunded', raw: '10' } }))).toMatchObject({
      type: 'unintelligible',
      names,
    })
    expect(outside.inbound.translate(observed({ caseNumber: null }))).not.toHaveProperty('names')
    expect(outside.inbound.translate(answered({ outcome: 'perhaps' }))).not.toHaveProperty('names')
  })

  it('is not taken for one of another kind', () => {
    const genuine = sign(Buffer.from('{}'), app)
    expect(
      outside.inbound.receive({ ...genuine, headers: { ...genuine.headers, ce_type: 'act-answered.v1' } }, app).type,
    ).toBe('forged')
  })
})
