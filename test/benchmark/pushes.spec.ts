import { MARKETPLACES } from '#connectors'
import { MORNING, pushesOf, signed } from './pushes'

const douyin = MARKETPLACES.find(({ marketplace }) => marketplace === 'douyin')
const pushes = pushesOf(2_000, ['10437917', '10437918'])

describe('the messages that are measured with', () => {
  it('are genuine, understood and never the same', () => {
    const app = { appKey: '7000000000000000001', appSecret: 'secret' }
    const body = Buffer.from(`[${pushes.map(({ text }) => text).join(',')}]`)
    const receipt = douyin?.inbound.receive({ headers: signed(app, body), body }, app)
    expect(receipt?.type === 'accepted' && new Set(receipt.messages.map(({ key }) => key)).size).toBe(2_000)
    const said = pushes.map(
      ({ text }) => douyin?.inbound.translate({ channel: 'push', raw: text, receivedAt: MORNING }).type,
    )
    expect(new Set(said)).toEqual(new Set(['observed', 'must-read']))
  })

  it('are some five a case, told twice and late now and then, in the order of their arrival', () => {
    const cases = new Set(pushes.map(({ caseNumber }) => caseNumber)).size
    expect(pushes.length / cases).toBeGreaterThan(4)
    expect(pushes.length / cases).toBeLessThan(6)
    expect(pushes.filter(({ id }) => id.endsWith('r')).length).toBeGreaterThan(50)
    expect(pushes.every(({ arrives }, i) => i === 0 || arrives >= (pushes[i - 1]?.arrives ?? 0))).toBe(true)
  })

  it('are the same in every run', () => {
    expect(pushesOf(2_000, ['10437917', '10437918'])).toEqual(pushes)
  })
})
