import { outside } from '#connectors'
import type { ActionOrder, AdapterMessage } from '#connectors'
import { validateOutgoing } from '#messaging'
import type { ActionName } from '#after-sale'
import { ctx } from '../support/anywhere-marketplace'
import { sampleActions } from '../support/action-commands'
import { NOON } from '../support/cases'

const CASE_ID = '0e9b2a34-0000-8000-a000-000000000001'
const session = {
  appKey: 'bridge',
  appSecret: 'a-secret',
  shop: 'shop-1',
  accessToken: '',
  refreshToken: '',
  endpoints: {},
}
/** An order to perform the sample of this action, with every field that an order can have. */
const orderFor = (name: ActionName): ActionOrder => ({
  action: sampleActions[name],
  caseNumber: '1',
  orderNumber: '2',
  kind: 'refund-only',
  variant: 'shipped',
  status: '10',
  revision: NOON,
  addressId: '900',
  returnParcel: { tracking: 'SF2', carrier: '顺丰' },
  evidence: [{ hash: 'aa', kind: 'image', url: 'https://shelf.example/aa' }],
  claim: { effect: `${CASE_ID}/i-1`, token: 7, case: CASE_ID },
})

/** The message that the outside connector hands to its publisher when it performs this order. */
async function publishedMessageFor(order: ActionOrder): Promise<AdapterMessage> {
  const published: AdapterMessage[] = []
  await outside.outbound.perform(order, session, {
    ...ctx(),
    adapterPublisher: {
      answerMs: 60_000,
      publish: (message) => (published.push(message), Promise.resolve('handed-out')),
    },
  })
  return published[0] as AdapterMessage
}

describe('the action message that the outside connector publishes for an adapter', () => {
  it.each(Object.keys(sampleActions) as ActionName[])(
    'is valid under the published schema when the action is %s',
    async (name) => {
      const { type, body } = await publishedMessageFor(orderFor(name))
      expect(validateOutgoing(type, JSON.parse(body))).toBeUndefined()
    },
  )

  it('canary: is rejected by the schema when it carries a field about the buyer', async () => {
    const actionWithBuyer: ActionOrder['action'] = Object.assign(
      { buyer: '张三 13812345678' },
      sampleActions['approve-refund'],
    )
    const { type, body } = await publishedMessageFor({ ...orderFor('approve-refund'), action: actionWithBuyer })
    expect(validateOutgoing(type, JSON.parse(body))).toBe('/action fails additionalProperties')
  })
})
