import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import type { OperatorsConsole } from '../support/in-process-console'
import { openConsole } from '../support/in-process-console'
import type { Deployment } from '../support/in-process-deployment'
import { openDeployment } from '../support/in-process-deployment'

const HOUR = 3_600_000

interface StoreAnswer {
  readonly id: string
  readonly name: string
  readonly marketplace: string
}

describe('decisions, from a strategy to the money', () => {
  let fresh: FreshDatabase
  let deployment: Deployment
  let desk: OperatorsConsole
  let shopId: string
  let store: string

  beforeAll(async () => {
    fresh = await freshDatabase()
    deployment = await openDeployment(fresh.url, { seed: 'decisions', pace: { applicationsPerMinute: 0 } })
    desk = await openConsole(deployment, fresh.url)
    const { body } = await desk.ask<{ stores: StoreAnswer[] }>('GET', '/api/meta')
    const shop = deployment.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    shopId = shop?.id ?? ''
    store = body.stores.find(({ marketplace, name }) => marketplace === 'douyin' && name === shop?.name)?.id ?? ''
    await desk.ask('PUT', `/api/stores/${store}/terms`, {
      document: { returnAddressId: shop?.returnAddressId },
      after: 0,
    })
  })
  afterAll(async () => {
    await desk.close()
    await deployment.close()
    await fresh.drop()
  })

  const apply = (kind: 'return-and-refund' | 'refund-only-shipped'): string =>
    deployment.simulator.world.apply({ shopId, kind, quiet: true }).number
  const statusOf = (number: string): number | undefined => deployment.simulator.world.find(number)?.status
  const untilStatus = async (number: string, status: number): Promise<number | undefined> => {
    const end = performance.now() + 20_000
    while (statusOf(number) !== status && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 30))
    return statusOf(number)
  }
  const callsOn = (number: string): string[] =>
    deployment.simulator.calls
      .last(1_000)
      .flatMap((call) => (call.caseNumber === number && call.carriedOut ? [call.api] : []))
  const caseIdOf = async (number: string): Promise<string> => {
    const [row] = await deployment.database.query<{ id: string }[]>(
      `SELECT id FROM stream WHERE state->>'caseNumber' = $1`,
      [number],
    )
    return row?.id ?? ''
  }
  /** The id of the case once it is received; empty if it is not within twenty seconds. */
  const untilReceived = async (number: string): Promise<string> => {
    const end = performance.now() + 20_000
    for (let id = ''; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
      id = await caseIdOf(number)
      if (id !== '' || performance.now() > end) return id
    }
  }

  it('R162: are made by a strategy that is drafted, tried on past cases, armed, acts at the marketplace once, and is disarmed', async () => {
    const before = apply('return-and-refund')
    await untilReceived(before)
    const settings = { reasons: [], codes: [], matchesAllConfirmed: true }
    const drafted = await desk.ask<{ id: string }>('POST', '/api/strategies', {
      policy: 'returnReasonIsChosen',
      name: '全部同意退货',
      settings,
    })
    const url = `/api/strategies/${drafted.body.id}`
    const now = deployment.simulator.clock.now()
    const range = { from: new Date(now - HOUR).toISOString(), to: new Date(now + HOUR).toISOString() }
    const trial = await desk.ask<{ id: string }>('POST', `${url}/versions/1/trials`, { stores: [store], ...range })
    const report = await desk.until<{ state: string; report: { total: { cases: number } } }>(
      `/api/strategies/trials/${trial.body.id}`,
      ({ state }) => state !== 'running',
    )
    expect(report).toMatchObject({ state: 'done', report: { total: { cases: 1 } } })

    const armed = await desk.ask('POST', `${url}/versions/1/arm`, {
      stores: [store],
      mode: 'live',
      capFen: 100_000_000,
      trial: trial.body.id,
    })
    expect(armed.status).toBe(200)
    const after = apply('return-and-refund')
    expect([await untilStatus(before, 7), await untilStatus(after, 7)]).toEqual([7, 7])
    expect([callsOn(before), callsOn(after)]).toEqual([['afterSale.operate 101'], ['afterSale.operate 101']])

    interface Timeline {
      readonly items: readonly { readonly type: string }[]
    }
    const types = (timeline: Timeline): string[] => timeline.items.map(({ type }) => type)
    const timeline = await desk.until<Timeline>(`/api/cases/${await caseIdOf(after)}/events`, (t) =>
      types(t).includes('ActionConfirmed'),
    )
    expect(types(timeline)).toEqual(expect.arrayContaining(['ActionIntended', 'ActionAnswered', 'ActionConfirmed']))

    expect((await desk.ask('POST', `${url}/disarm`, {})).body).toEqual({ stores: [store] })
    const later = apply('return-and-refund')
    const laterId = await untilReceived(later)
    const judgement = await desk.ask<{ items: { outcome: string }[] }>('GET', `/api/cases/${laterId}/judgement`)
    expect(judgement.body.items.filter(({ outcome }) => outcome === 'act')).toEqual([])
    expect([statusOf(later), callsOn(later)]).toEqual([6, []])
  })

  it('pay a refund once that a person approves with a double click while the connection is cut after the effect, and settle it by reading the case', async () => {
    deployment.simulator.faults.set({ timeoutAfterEffect: 1 })
    const number = apply('refund-only-shipped')
    const id = await untilReceived(number)
    const { body } = await desk.ask<{ revision: string }>('GET', `/api/cases/${id}`)
    const request = { action: { name: 'approve-refund' }, judged: body.revision }
    const click = () =>
      desk.ask('POST', `/api/cases/${id}/actions`, request, {
        'idempotency-key': '0c0c0c0c-0000-4000-8000-000000000001',
      })
    const [first, second] = await Promise.all([click(), click()])
    expect([first.status, second.status].sort()).toEqual([200, 201])
    expect(await untilStatus(number, 12)).toBe(12)
    deployment.simulator.faults.clear()
    const settled = await desk.until<{ actions: { state: string }[] }>(
      `/api/cases/${id}`,
      ({ actions }) => actions[0]?.state === 'confirmed',
    )
    expect(settled.actions).toMatchObject([{ state: 'confirmed' }])
    deployment.simulator.clock.advance(24 * HOUR)
    expect(deployment.simulator.world.find(number)?.effects).toMatchObject({ refundsOrdered: 1, refundsPaid: 1 })
  })
})
