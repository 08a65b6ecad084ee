import { createHash } from 'node:crypto'
import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { readJson } from '../src/http/wire-json'
import { type Fields, type Received, pushEndpoint, well } from './clients'

let simulator: RunningSimulator
let shop: string
const closing: (() => Promise<void>)[] = []

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'dy-push', push: { retryAfterMs: [20, 40, 80, 160] } })
  shop = simulator.douyin.shops[0]?.shopId ?? ''
})
afterEach(async () => {
  await simulator.stop()
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function endpoint(answer: (received: Received) => { status: number; body: string } = () => well) {
  const app = await pushEndpoint(answer)
  closing.push(app.close)
  return app
}
const messagesOf = (received: readonly Received[]) =>
  received.flatMap((push) => JSON.parse(push.body) as { tag: string; msg_id: string; data: string }[])
const dataOf = (message: { data: string } | undefined) => readJson(message?.data ?? '{}').value as Fields

describe('Douyin pushes', () => {
  it('probe a URL with tag 0 and accept it only when the probe is acknowledged', async () => {
    const bad = await endpoint(() => ({ status: 200, body: '{"code":1,"msg":"fail"}' }))
    await expect(simulator.douyin.setPushUrl(bad.url)).rejects.toThrow('did not answer the probe well')
    expect(simulator.douyin.pushes.url).toBeUndefined()
    const good = await endpoint()
    await simulator.douyin.setPushUrl(good.url)
    expect(messagesOf(good.received).map((message) => message.tag)).toEqual(['0'])
    expect(simulator.douyin.pushes.url).toBe(good.url)
  })

  it('are arrays of messages with data as JSON text, signed over the raw body', async () => {
    const app = await endpoint()
    simulator.douyin.pushes.useUrl(app.url)
    const record = simulator.world.apply({ shopId: shop, kind: 'return-and-refund', quiet: true })
    await app.until(1)
    const [push] = app.received
    const { appKey, appSecret } = simulator.douyin
    expect(push?.headers['app-id']).toBe(appKey)
    expect(push?.headers['event-sign']).toBe(
      createHash('md5')
        .update(appKey + (push?.body ?? '') + appSecret)
        .digest('hex'),
    )
    const [message] = messagesOf(app.received)
    expect(message?.tag).toBe('200')
    expect(dataOf(message)).toMatchObject({
      aftersale_id: BigInt(record.number),
      p_id: BigInt(record.orderNumber),
      aftersale_status: 6,
      aftersale_type: 0,
      refund_amount: record.refundFen,
    })
    expect(dataOf(message)['update_time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  })

  it('carry no update_time where the platform sends none, and misspell where it does', async () => {
    const app = await endpoint()
    simulator.douyin.pushes.useUrl(app.url)
    const resend = simulator.world.apply({ shopId: shop, kind: 'resend', quiet: true })
    simulator.world.act(resend.number, { what: 'agree-resend', by: 'merchant' })
    const refusedCase = simulator.world.apply({ shopId: shop, kind: 'refund-only-shipped', quiet: true })
    simulator.world.act(refusedCase.number, { what: 'refuse', by: 'merchant', text: '已签收' })
    simulator.world.act(refusedCase.number, { what: 'escalate', by: 'buyer' })
    while (messagesOf(app.received).length < 5) await app.until(app.received.length + 1)
    const byTag = new Map(messagesOf(app.received).map((message) => [message.tag, dataOf(message)]))
    expect(byTag.get('227')).toMatchObject({ after_sale_status: 8 })
    expect(Object.keys(byTag.get('227') ?? {})).not.toContain('aftersale_status')
    expect(byTag.get('212')).toMatchObject({ arbitrate_id: `${refusedCase.number}_001`, arbitrate_status: 1 })
    expect(Object.keys(byTag.get('212') ?? {})).not.toContain('update_time')
    expect(Object.keys(byTag.get('204') ?? {})).toContain('refuse_time')
  })

  it('are sent again with the same msg_id until they are acknowledged', async () => {
    let broken = 3
    const app = await endpoint(() => (broken-- > 0 ? { status: 200, body: '{"code":40041}' } : well))
    simulator.douyin.pushes.useUrl(app.url)
    simulator.world.apply({ shopId: shop, kind: 'exchange', quiet: true })
    await app.until(4)
    expect(new Set(messagesOf(app.received).map((message) => message.msg_id)).size).toBe(1)
    expect(app.received).toHaveLength(4)
  })
})
