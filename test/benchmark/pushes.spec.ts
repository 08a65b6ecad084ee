import { MARKETPLACES } from '#connectors'
import { MORNING, generatePushes, signatureHeaders } from './pushes'

const douyin = MARKETPLACES.find(({ marketplace }) => marketplace === 'douyin')
const pushes = generatePushes(2_000, ['10437917', '10437918'])

describe('the generated pushes', () => {
  it('have valid signatures, are understood, and have distinct keys', () => {
    const app = { appKey: '7000000000000000001', appSecret: 'secret' }
    const body = Buffer.from(`[${pushes.map(({ text }) => text).join(',')}]`)
    const receipt = douyin?.inbound.receive({ headers: signatureHeaders(app, body), body }, app)
    expect(receipt?.type === 'accepted' && new Set(receipt.messages.map(({ key }) => key)).size).toBe(2_000)
    const types = pushes.map(
      ({ text }) => douyin?.inbound.translate({ channel: 'push', raw: text, receivedAt: MORNING }).type,
    )
    expect(new Set(types)).toEqual(new Set(['observed', 'must-read']))
  })

  it('are about five per case, with repetitions and late ones, in order of arrival', () => {
    const cases = new Set(pushes.map(({ caseNumber }) => caseNumber)).size
    expect(pushes.length / cases).toBeGreaterThan(4)
    expect(pushes.length / cases).toBeLessThan(6)
    expect(pushes.filter(({ id }) => id.endsWith('r')).length).toBeGreaterThan(50)
    expect(pushes.every(({ arrivesAt: arrives }, i) => i === 0 || arrives >= (pushes[i - 1]?.arrivesAt ?? 0))).toBe(
      true,
    )
  })

  it('are equal for equal arguments', () => {
    expect(generatePushes(2_000, ['10437917', '10437918'])).toEqual(pushes)
  })
})
