import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { MessageClient } from './clients'

let simulator: RunningSimulator
let mall: string

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'pdd-messages', redeliverMs: 60 })
  mall = simulator.pinduoduo.shops[0]?.mallId ?? ''
})
afterEach(() => simulator.stop())

describe('the Pinduoduo message service', () => {
  it('sends a Common frame whose content is JSON text in the detail numbering', async () => {
    const client = await MessageClient.connect(simulator)
    const record = simulator.world.apply({ shopId: mall, kind: 'exchange', quiet: true })
    const [frame] = await client.until(1)
    expect(frame).toMatchObject({
      commandType: 'Common',
      message: { type: 'pdd_refund_RefundCreated', mallID: Number(mall) },
    })
    expect(JSON.parse(frame?.message.content ?? '')).toEqual({
      mall_id: Number(mall),
      refund_fee: 0,
      bill_type: 3,
      modified: record.updatedMs,
      refund_id: Number(record.number),
      operation: 1000,
      tid: record.orderNumber,
    })
  })

  it('sends again until it is acknowledged, and then no more', async () => {
    const client = await MessageClient.connect(simulator)
    simulator.world.apply({ shopId: mall, kind: 'resend', quiet: true })
    const frames = [...(await client.until(3))]
    expect(new Set(frames.map((frame) => frame.message.content)).size).toBe(1)
    expect(simulator.pinduoduo.messages.backlog).toBe(1)
    for (const frame of client.frames) client.acknowledge(frame)
    await client.settled()
    expect(simulator.pinduoduo.messages.backlog).toBe(0)
  })

  it('keeps for a disconnected client what happens meanwhile', async () => {
    for (let i = 0; i < 3; i++) simulator.world.apply({ shopId: mall, kind: 'repair', quiet: true })
    const client = await MessageClient.connect(simulator)
    const types = (await client.until(3)).slice(0, 3).map((frame) => frame.message.type)
    expect(types).toEqual(['pdd_refund_RefundCreated', 'pdd_refund_RefundCreated', 'pdd_refund_RefundCreated'])
  })

  it('drops what no client has read in seven days', async () => {
    simulator.world.apply({ shopId: mall, kind: 'exchange', quiet: true })
    simulator.clock.advance(8 * 86_400_000)
    const client = await MessageClient.connect(simulator)
    const [oldest] = await client.until(1)
    // The application is eight days old, the platform's agreement for the silent merchant six.
    expect(oldest?.message.type).toBe('pdd_refund_RefundAgreeAgreement')
    expect(simulator.pinduoduo.messages.counted.expired).toBe(1)
  })

  it('has one connection: a newer one takes its place with everything unacknowledged', async () => {
    const first = await MessageClient.connect(simulator)
    const closed = new Promise<number>((done) => first.socket.once('close', done))
    simulator.world.apply({ shopId: mall, kind: 'exchange', quiet: true })
    await first.until(1)
    const second = await MessageClient.connect(simulator)
    expect(await closed).toBe(4001)
    const [again] = await second.until(1)
    expect(again?.message.content).toBe(first.frames[0]?.message.content)
  })

  it('refuses a wrong digest', async () => {
    await expect(MessageClient.connect(simulator, 'wrong')).rejects.toThrow('403')
  })

  it('sends nothing about a refusal or a finished refund', async () => {
    const client = await MessageClient.connect(simulator)
    const record = simulator.world.apply({ shopId: mall, kind: 'refund-only-shipped', quiet: true })
    simulator.world.act(record.number, { what: 'refuse', by: 'merchant', text: '已签收' })
    simulator.world.act(record.number, { what: 'modify', by: 'buyer', reason: '其他' })
    simulator.world.act(record.number, { what: 'agree-refund', by: 'merchant' })
    simulator.clock.advance(180_000)
    await client.until(3)
    client.frames.slice(0, 3).forEach((frame) => client.acknowledge(frame))
    await client.settled()
    expect(client.frames.slice(0, 3).map((frame) => frame.message.type)).toEqual([
      'pdd_refund_RefundCreated',
      'pdd_refund_RefundBuyerModifyAgreement',
      'pdd_refund_RefundAgreeAgreement',
    ])
    expect(simulator.world.find(record.number)?.status).toBe(10)
    expect(simulator.world.announced).toBe(3)
  })
})
