import type { ActionName } from '#after-sale'
import { ACTIONS } from '#after-sale'
import type { Connector } from '../connector'
import type { StoreSession, CallContext } from '../outbound'
import type { ActionOrder, ActionOutcome } from '../actions'

/** A fault that a test marketplace can cause around one action. */
export type Fault =
  | 'cut after the effect'
  | 'cut before the effect'
  | 'cut, and the effect comes late'
  | 'a server error after the effect'
  | 'a case that has just changed'
  | 'too many calls'
  | 'an expired token'
  | 'any of it, by chance'

/** A simulated marketplace for tests of actions, with cases made on request. */
export interface TestMarketplace {
  readonly session: StoreSession
  ctx(signal?: AbortSignal): CallContext
  /** An order for this action on a new case that allows it, as read from the marketplace. */
  order(action: ActionName): Promise<ActionOrder>
  /** Changes the case, so that the judged revision is outdated. */
  changeCase(order: ActionOrder): void
  inject(fault: Fault): void
  /** Ends all faults and lets pending effects arrive. */
  settle(): void
  /** How often a requested action took effect on this case. */
  effects(order: ActionOrder): number
  end(): Promise<void>
}

/** The expected outcome under each fault, and how often the action has taken effect in the end. */
const EXPECTED_OUTCOMES: readonly (readonly [Fault, ActionOutcome['type'], effects: number])[] = [
  ['cut after the effect', 'unknown', 1],
  ['cut before the effect', 'unknown', 0],
  ['cut, and the effect comes late', 'unknown', 1],
  ['a server error after the effect', 'unknown', 1],
  ['a case that has just changed', 'stale', 0],
  ['too many calls', 'try-later', 0],
  ['an expired token', 'token-expired', 0],
]

/** How often the action may have taken effect in the end, for each outcome. */
const EFFECTS_ALLOWED: Readonly<Record<ActionOutcome['type'], (effects: number) => boolean>> = {
  done: (effects) => effects === 1,
  'already-done': (effects) => effects === 0,
  refused: (effects) => effects === 0,
  stale: (effects) => effects === 0,
  'try-later': (effects) => effects === 0,
  'token-expired': (effects) => effects === 0,
  reauthorise: (effects) => effects === 0,
  'handed-out': (effects) => effects <= 1,
  unknown: (effects) => effects <= 1,
}

/** Actions that may take effect twice: a repetition costs nothing and only adds a remark, a report or an extension. */
const MAY_REPEAT: ReadonlySet<ActionName> = new Set<ActionName>(['add-remark', 'confirm-receipt', 'extend-time'])

/** Tests what every connector guarantees when it acts, whatever its marketplace. */
export function performingContract(name: string, connector: Connector, begin: () => Promise<TestMarketplace>): void {
  const { manifest, outbound, assist } = connector
  const names = Object.keys(ACTIONS) as ActionName[]
  const calls = names.filter((action) => manifest[action].way === 'API')
  // The most frequent decisions, or else the first two actions that have a call.
  const frequentActions = calls.filter((action) => action === 'approve-refund' || action === 'approve-return')
  const testedActions = frequentActions.length > 0 ? frequentActions : calls.slice(0, 2)
  const actionAt = (index: number): ActionName => testedActions[index % testedActions.length] as ActionName
  describe(`${name} keeps the contract of performing actions`, () => {
    let marketplace: TestMarketplace
    const outcomeTexts: string[] = []
    const perform = async (
      order: ActionOrder,
      session = marketplace.session,
      signal?: AbortSignal,
    ): Promise<ActionOutcome> => {
      const performed = await outbound.perform(order, session, marketplace.ctx(signal))
      outcomeTexts.push(JSON.stringify(performed))
      return performed
    }
    beforeEach(async () => {
      marketplace = await begin()
    })
    afterEach(() => marketplace.end())

    it('has at least one action with a call', () => expect(calls.length).toBeGreaterThan(0))

    it.each(calls)('%s is done by a call, once', async (action) => {
      const order = await marketplace.order(action)
      expect(await perform(order)).toEqual({ type: 'done' })
      expect(marketplace.effects(order)).toBe(1)
    })

    it.each(calls.filter((action) => !MAY_REPEAT.has(action)))('%s requested twice is done once', async (action) => {
      const order = await marketplace.order(action)
      await perform(order)
      expect(['already-done', 'stale', 'refused']).toContain((await perform(order)).type)
      marketplace.settle()
      expect(marketplace.effects(order)).toBe(1)
    })

    it.each(EXPECTED_OUTCOMES.flatMap((expected) => testedActions.map((action) => [action, ...expected] as const)))(
      '%s with %s is %s',
      async (action, fault, type, effects) => {
        const order = await marketplace.order(action)
        marketplace.inject(fault)
        expect((await perform(order)).type).toBe(type)
        marketplace.settle()
        expect(marketplace.effects(order)).toBe(effects)
      },
    )

    const versioned = calls.filter((action) => manifest[action].versioned)
    if (versioned.length > 0)
      it.each(versioned)('%s on a case that has changed since is stale', async (action) => {
        const order = await marketplace.order(action)
        marketplace.changeCase(order)
        const before = marketplace.effects(order)
        expect((await perform(order)).type).toBe('stale')
        expect(marketplace.effects(order)).toBe(before)
      })

    it('whatever happens to two hundred actions, what each answer claims is true', async () => {
      const orders: ActionOrder[] = []
      for (let i = 0; i < 200; i++) orders.push(await marketplace.order(actionAt(i)))
      marketplace.inject('any of it, by chance')
      const rateLimiter = { admit: () => Promise.resolve(), hold: () => undefined }
      const answers: ActionOutcome[] = []
      for (const order of orders)
        answers.push(await outbound.perform(order, marketplace.session, { ...marketplace.ctx(), rateLimiter }))
      marketplace.settle()
      outcomeTexts.push(JSON.stringify(answers))
      const kinds = new Set(answers.map(({ type }) => type))
      for (const type of ['done', 'unknown', 'stale', 'try-later'] as const) expect(kinds).toContain(type)
      orders.forEach((order, i) => {
        const type = answers[i]?.type ?? 'unknown'
        expect([type, EFFECTS_ALLOWED[type](marketplace.effects(order))]).toEqual([type, true])
      })
    })

    it('what was never sent may be retried', async () => {
      const order = await marketplace.order(actionAt(0))
      const { endpoints } = marketplace.session
      const closed = Object.fromEntries(Object.keys(endpoints).map((name) => [name, 'http://127.0.0.1:2']))
      const nowhere = { ...marketplace.session, endpoints: closed }
      expect((await perform(order, nowhere)).type).toBe('try-later')
      const stopped = new AbortController()
      stopped.abort()
      expect((await perform(order, marketplace.session, stopped.signal)).type).toBe('try-later')
      expect(marketplace.effects(order)).toBe(0)
      expect((await perform(order)).type).toBe('done')
    })

    it('what has no call is refused before it is sent, and a person gets instructions where the action is ASSISTED', async () => {
      const order = await marketplace.order(actionAt(0))
      for (const action of names.filter((one) => manifest[one].way !== 'API')) {
        const wanted = { ...order, action: sampleAction(action) }
        const refused = await perform(wanted)
        expect([action, refused]).toMatchObject([action, { type: 'refused', code: 'ours:no-call' }])
        const assistance = assist(wanted)
        expect([action, assistance === undefined]).toEqual([action, manifest[action].way !== 'ASSISTED'])
        for (const text of [assistance?.link ?? '', ...(assistance?.steps ?? []).map(({ en }) => en)])
          expect(text).not.toMatch(/[{}]/)
      }
      for (const action of calls) expect(assist({ ...order, action: sampleAction(action) })).toBeUndefined()
      expect(marketplace.effects(order)).toBe(0)
    })

    afterAll(() => {
      const { appSecret, accessToken, refreshToken } = marketplace.session
      for (const secret of [appSecret, accessToken, refreshToken]) expect(outcomeTexts.join()).not.toContain(secret)
    })
  })
}

/** An action of this name with every field that any action may have. */
export function sampleAction(name: ActionName): ActionOrder['action'] {
  const evidence = [{ hash: 'a'.repeat(64), kind: 'image' as const }]
  const shipment = { carrier: '44', carrierName: '顺丰速运', tracking: 'SF1234567890123' }
  const text = '请您协助处理,谢谢'
  const everything = { amount: 1290, text, plan: text, reason: text, explanation: text, evidence, shipment }
  const items = [{ kind: 'freight' as const, amount: 800, text }]
  return { name, ...everything, items, fit: true, sendBack: true } as unknown as ActionOrder['action']
}
