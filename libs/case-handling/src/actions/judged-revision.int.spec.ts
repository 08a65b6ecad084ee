import fc from 'fast-check'
import type { ActionOutcome } from '#connectors'
import { emptyTables, useTestDatabase } from '../../../../test/postgres/test-database'
import { property } from '../../../../test/property'
import { ActionScenario } from '../../../../test/trade/action-scenario'
import { registerTestShop } from '../../../../test/trade/anywhere'
import { NOON, SECOND, aRefundRequest } from '../../../../test/trade/cases'

const db = useTestDatabase()
const YEAR_2099 = Date.parse('2099-12-31T00:00:00Z')
let scenario: ActionScenario

const yes = (): Promise<ActionOutcome> => Promise.resolve({ type: 'done' })
async function begin(): Promise<void> {
  await emptyTables(db)
  scenario = new ActionScenario(db.database, await registerTestShop(db.database))
}
beforeEach(begin)

describe('A2: an action that was judged by a revision that its case has not shown', () => {
  it('is not written', async () => {
    const id = await scenario.report('1')
    expect(await scenario.request({ caseId: id, judged: YEAR_2099 })).toMatchObject([
      { type: 'refused', reason: 'JudgedUnseenRevision' },
    ])
    expect(await db.database.query('SELECT FROM effect')).toEqual([])
  })

  it.each([
    ['of the future, and is shown to be open', YEAR_2099, 'ours:revision-never-shown'],
    ['of the past', NOON - 1, 'ours:case-has-changed'],
  ])('is not sent even if an older version of the code has written it: a revision %s', async (_, judged, code) => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    await db.database.query('UPDATE effect SET judged = $1', [judged])
    let sent = 0
    await scenario.perform(async () => (sent++, yes()))
    expect(sent).toBe(0)
    expect(await scenario.intents(id)).toMatchObject([{ state: 'stale', code }])
  })

  it('is neither written nor sent in any history', async () => {
    const step = fc.oneof(
      fc.integer({ min: 0, max: 5 }).map((n) => ({ tell: n * SECOND })),
      fc.constantFrom(0, 1, -1, SECOND, -SECOND, YEAR_2099 - NOON).map((n) => ({ ask: n })),
      fc.constant({ perform: true }),
    )
    let sent = 0
    await property(
      fc.array(step, { minLength: 4, maxLength: 12 }),
      async (steps) => {
        await begin()
        const id = await scenario.report('1')
        const shown = new Set([NOON])
        const newest = (): number => Math.max(...shown)
        for (const [n, one] of steps.entries()) {
          if ('tell' in one) {
            await scenario.report('1', aRefundRequest({ reason: { text: `${one.tell}` } }), one.tell)
            shown.add(NOON + one.tell)
          } else if ('ask' in one)
            await scenario.request({
              caseId: id,
              intent: `i-${n}`,
              action: { name: 'add-remark', text: `${n}` },
              judged: newest() + one.ask,
            })
          else
            await scenario.perform(async ({ revision }) => {
              expect(revision).toBe(newest())
              sent++
              return yes()
            })
        }
        for (const { judged } of await scenario.intents(id)) expect([...shown]).toContain(judged)
      },
      // One that is surely sent, or a seed without any would prove nothing.
      { runs: 8, examples: [[[{ ask: 0 }, { perform: true }, { tell: SECOND }, { ask: SECOND }]]] },
    )
    expect(sent).toBeGreaterThan(0)
  })
})
