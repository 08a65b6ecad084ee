import fc from 'fast-check'
import type { ActionOutcome } from '#connectors'
import { emptyTables, useTestDatabase } from '../../../../test/postgres/test-database'
import { property } from '../../../../test/property'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { NOON, SECOND, aRefundRequest } from '../../../../test/support/cases'

const db = useTestDatabase()
const YEAR_2099 = Date.parse('2099-12-31T00:00:00Z')
let scenario: ActionScenario

const answerDone = (): Promise<ActionOutcome> => Promise.resolve({ type: 'done' })
async function startScenario(): Promise<void> {
  await emptyTables(db)
  scenario = new ActionScenario(db.database, await registerTestShop(db.database))
}
beforeEach(startScenario)

describe('an action that was judged by a revision its case has not shown (fault A2)', () => {
  it('is not written', async () => {
    const id = await scenario.report('1')
    expect(await scenario.request({ caseId: id, judged: YEAR_2099 })).toMatchObject([
      { type: 'refused', reason: 'JudgedUnseenRevision' },
    ])
    expect(await db.database.query('SELECT FROM effect')).toEqual([])
  })

  it.each([
    ['in the future', YEAR_2099, 'ours:revision-never-shown'],
    ['in the past', NOON - 1, 'ours:case-has-changed'],
  ])('is not sent even if an older version of the code has written it: a revision %s', async (_, judged, code) => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    await db.database.query('UPDATE effect SET judged = $1', [judged])
    let sent = 0
    await scenario.perform(async () => (sent++, answerDone()))
    expect(sent).toBe(0)
    expect(await scenario.intents(id)).toMatchObject([{ state: 'stale', code }])
  })

  it('is neither written nor sent in any history', async () => {
    const step = fc.oneof(
      fc.integer({ min: 0, max: 5 }).map((seconds) => ({ report: seconds * SECOND })),
      fc.constantFrom(0, 1, -1, SECOND, -SECOND, YEAR_2099 - NOON).map((difference) => ({ request: difference })),
      fc.constant({ perform: true }),
    )
    let sent = 0
    await property(
      fc.array(step, { minLength: 4, maxLength: 12 }),
      async (steps) => {
        await startScenario()
        const id = await scenario.report('1')
        const shownRevisions = new Set([NOON])
        const newestRevision = (): number => Math.max(...shownRevisions)
        for (const [index, step] of steps.entries()) {
          if ('report' in step) {
            await scenario.report('1', aRefundRequest({ reason: { text: `${step.report}` } }), step.report)
            shownRevisions.add(NOON + step.report)
          } else if ('request' in step)
            await scenario.request({
              caseId: id,
              intent: `i-${index}`,
              action: { name: 'add-remark', text: `${index}` },
              judged: newestRevision() + step.request,
            })
          else
            await scenario.perform(async ({ revision }) => {
              expect(revision).toBe(newestRevision())
              sent++
              return answerDone()
            })
        }
        for (const { judged } of await scenario.intents(id)) expect([...shownRevisions]).toContain(judged)
      },
      // The example certainly sends an action: random histories alone might send none and prove nothing.
      { runs: 8, examples: [[[{ request: 0 }, { perform: true }, { report: SECOND }, { request: SECOND }]]] },
    )
    expect(sent).toBeGreaterThan(0)
  })
})
