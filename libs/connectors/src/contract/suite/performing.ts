import type { ActionName } from '#after-sale'
import { ACTIONS } from '#after-sale'
import type { Connector } from '../connector'
import type { StoreSession, CallContext } from '../outbound'
import type { ActionOrder, ActionOutcome } from '../performing'

/** What can be made to go wrong around one action, at a marketplace that can be made to misbehave. */
export type Disturbance =
  | 'cut after the effect'
  | 'cut before the effect'
  | 'cut, and the effect comes late'
  | 'a server error after the effect'
  | 'a case that has just changed'
  | 'too many calls'
  | 'an expired token'
  | 'any of it, by chance'

/** A marketplace to act at: a simulator, with cases made to order. */
export interface TestMarketplace {
  readonly session: StoreSession
  ctx(signal?: AbortSignal): CallContext
  /** An order for this action on a new case on which it can be carried out, as it was read from the marketplace. */
  order(action: ActionName): Promise<ActionOrder>
  /** The same case with something that makes the judged revision old. */
  overtake(order: ActionOrder): void
  disturb(disturb: Disturbance): void
  /** Ends all trouble and lets whatever is in flight arrive. */
  settle(): void
  /** How often a requested action took effect on this case. */
  effects(order: ActionOrder): number
  end(): Promise<void>
}

/** How each trouble has to be answered, and how often the action has taken effect when all is settled. */
const EXPECTED_OUTCOMES: readonly (readonly [Disturbance, ActionOutcome['type'], effects: number])[] = [
  ['cut after the effect', 'unknown', 1],
  ['cut before the effect', 'unknown', 0],
  ['cut, and the effect comes late', 'unknown', 1],
  ['a server error after the effect', 'unknown', 1],
  ['a case that has just changed', 'stale', 0],
  ['too many calls', 'try-later', 0],
  ['an expired token', 'token-expired', 0],
]

/** What each answer claims of the effect, once all is settled. */
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

/** Doing these a second time moves nothing and costs nothing, but is one remark, one report or one extension more. */
const MAY_REPEAT: ReadonlySet<ActionName> = new Set<ActionName>(['add-remark', 'confirm-receipt', 'extend-time'])

/** What every connector promises when it acts, whatever its marketplace. */
export function performingContract(name: string, connector: Connector, begin: () => Promise<TestMarketplace>): void {
  const { manifest, outbound, assist } = connector
  const names = Object.keys(ACTIONS) as ActionName[]
  const calls = names.filter((action) => manifest[action].way === 'API')
  // What is decided most often, or else what there is.
  const often = calls.filter((action) => action === 'approve-refund' || action === 'approve-return')
  const tried = often.length > 0 ? often : calls.slice(0, 2)
  const triedAt = (index: number): ActionName => tried[index % tried.length] as ActionName
  describe(`${name} keeps the contract of acting`, () => {
    let stage: TestMarketplace
    const shown: string[] = []
    const perform = async (
      order: ActionOrder,
      session = stage.session,
      signal?: AbortSignal,
    ): Promise<ActionOutcome> => {
      const performed = await outbound.perform(order, session, stage.ctx(signal))
      shown.push(JSON.stringify(performed))
      return performed
    }
    beforeEach(async () => {
      stage = await begin()
    })
    afterEach(() => stage.end())

    it('has something that a call does', () => expect(calls.length).toBeGreaterThan(0))

    it.each(calls)('%s is done by a call, once', async (action) => {
      const order = await stage.order(action)
      expect(await perform(order)).toEqual({ type: 'done' })
      expect(stage.effects(order)).toBe(1)
    })

    it.each(calls.filter((action) => !MAY_REPEAT.has(action)))('%s asked for twice is done once', async (action) => {
      const order = await stage.order(action)
      await perform(order)
      expect(['already-done', 'stale', 'refused']).toContain((await perform(order)).type)
      stage.settle()
      expect(stage.effects(order)).toBe(1)
    })

    it.each(EXPECTED_OUTCOMES.flatMap((disturb) => tried.map((action) => [action, ...disturb] as const)))(
      '%s with %s is %s',
      async (action, disturb, type, effects) => {
        const order = await stage.order(action)
        stage.disturb(disturb)
        expect((await perform(order)).type).toBe(type)
        stage.settle()
        expect(stage.effects(order)).toBe(effects)
      },
    )

    const versioned = calls.filter((action) => manifest[action].versioned)
    if (versioned.length > 0)
      it.each(versioned)('%s on what has changed since is stale', async (action) => {
        const order = await stage.order(action)
        stage.overtake(order)
        const before = stage.effects(order)
        expect((await perform(order)).type).toBe('stale')
        expect(stage.effects(order)).toBe(before)
      })

    it('whatever happens to two hundred actions, what each answer claims is true', async () => {
      const orders: ActionOrder[] = []
      for (let i = 0; i < 200; i++) orders.push(await stage.order(triedAt(i)))
      stage.disturb('any of it, by chance')
      const rateLimiter = { admit: () => Promise.resolve(), hold: () => undefined }
      const answers: ActionOutcome[] = []
      for (const order of orders)
        answers.push(await outbound.perform(order, stage.session, { ...stage.ctx(), rateLimiter }))
      stage.settle()
      shown.push(JSON.stringify(answers))
      const kinds = new Set(answers.map(({ type }) => type))
      for (const type of ['done', 'unknown', 'stale', 'try-later'] as const) expect(kinds).toContain(type)
      orders.forEach((order, i) => {
        const type = answers[i]?.type ?? 'unknown'
        expect([type, EFFECTS_ALLOWED[type](stage.effects(order))]).toEqual([type, true])
      })
    })

    it('what was never sent may be retried', async () => {
      const order = await stage.order(triedAt(0))
      const { endpoints } = stage.session
      const closed = Object.fromEntries(Object.keys(endpoints).map((name) => [name, 'http://127.0.0.1:2']))
      const nowhere = { ...stage.session, endpoints: closed }
      expect((await perform(order, nowhere)).type).toBe('try-later')
      const stopped = new AbortController()
      stopped.abort()
      expect((await perform(order, stage.session, stopped.signal)).type).toBe('try-later')
      expect(stage.effects(order)).toBe(0)
      expect((await perform(order)).type).toBe('done')
    })

    it('what has no call is refused before it is sent, and a person gets instructions where the action is ASSISTED', async () => {
      const order = await stage.order(triedAt(0))
      for (const action of names.filter((one) => manifest[one].way !== 'API')) {
        const wanted = { ...order, action: sampleOf(action) }
        const refused = await perform(wanted)
        expect([action, refused]).toMatchObject([action, { type: 'refused', code: 'ours:no-call' }])
        const assistance = assist(wanted)
        expect([action, assistance === undefined]).toEqual([action, manifest[action].way !== 'ASSISTED'])
        for (const text of [assistance?.link ?? '', ...(assistance?.steps ?? []).map(({ en }) => en)])
          expect(text).not.toMatch(/[{}]/)
      }
      for (const action of calls) expect(assist({ ...order, action: sampleOf(action) })).toBeUndefined()
      expect(stage.effects(order)).toBe(0)
    })

    afterAll(() => {
      const { appSecret, accessToken, refreshToken } = stage.session
      for (const secret of [appSecret, accessToken, refreshToken]) expect(shown.join()).not.toContain(secret)
    })
  })
}

/** Any action of this name with everything that it may carry. */
export function sampleOf(name: ActionName): ActionOrder['action'] {
  const evidence = [{ hash: 'a'.repeat(64), kind: 'image' as const }]
  const shipment = { carrier: '44', carrierName: '顺丰速运', tracking: 'SF1234567890123' }
  const text = '请您协助处理,谢谢'
  const everything = { amount: 1290, text, plan: text, reason: text, explanation: text, evidence, shipment }
  const items = [{ kind: 'freight' as const, amount: 800, text }]
  return { name, ...everything, items, fit: true, sendBack: true } as unknown as ActionOrder['action']
}
