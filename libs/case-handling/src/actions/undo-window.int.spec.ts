import type { ActionOutcome } from '#connectors'
import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { emptyTables, rowsOf, useTestDatabase } from '../../../../test/postgres/test-database'

const db = useTestDatabase()
const MINUTE = 60_000
let scenario: ActionScenario
let sent: number

beforeEach(async () => {
  await emptyTables(db)
  scenario = new ActionScenario(db.database, await registerTestShop(db.database))
  scenario.undoMs = MINUTE
  sent = 0
})

const send = (): Promise<ActionOutcome> => {
  sent += 1
  return Promise.resolve({ type: 'done' })
}
/** As if the minute were over. */
const endWindow = (): Promise<unknown> => db.database.query('UPDATE effect SET not_before = 0')
const states = async (caseId: string): Promise<string[]> => (await scenario.intents(caseId)).map(({ state }) => state)

describe('a refund within its undo window', () => {
  it('is not sent, and the case shows until when it can be withdrawn', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    expect(await scenario.perform(send)).toBe(0)
    expect([sent, await scenario.intents(id)]).toMatchObject([0, [{ heldUntil: scenario.now + MINUTE }]])
  })

  it('is never sent once it is withdrawn', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    expect(await scenario.resolve(id, 'withdrawn')).toMatchObject({ type: 'decided', state: 'withdrawn' })
    await endWindow()
    expect(await scenario.perform(send)).toBe(0)
    expect([sent, await states(id)]).toEqual([0, ['withdrawn']])
  })

  it('is sent once when the window is over, and can no longer be withdrawn', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    await endWindow()
    expect(await scenario.perform(send)).toBe(1)
    expect(await scenario.resolve(id, 'withdrawn')).toMatchObject({ type: 'refused' })
    expect(await scenario.perform(send)).toBe(0)
    expect(sent).toBe(1)
  })

  it('is sent or withdrawn at its end, never both, however the two meet', async () => {
    let withdrawn = 0
    for (let n = 0; n < 25; n++) {
      const id = await scenario.report(String(n))
      await scenario.request({ caseId: id, intent: `i-${n}` })
      await endWindow()
      sent = 0
      const [, outcome] = await Promise.all([scenario.perform(send), scenario.resolve(id, 'withdrawn', `i-${n}`)])
      const isWithdrawn = outcome.type === 'decided'
      withdrawn += isWithdrawn ? 1 : 0
      expect([n, sent]).toEqual([n, isWithdrawn ? 0 : 1])
    }
    const ended = await rowsOf(db, "SELECT count(*)::int AS n FROM effect WHERE ended_as = 'withdrawn'")
    expect(ended).toEqual([{ n: withdrawn }])
  })
})
