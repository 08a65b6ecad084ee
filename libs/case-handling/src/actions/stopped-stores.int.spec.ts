import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { emptyTables, rowsOf, useTestDatabase } from '../../../../test/postgres/test-database'

const db = useTestDatabase()
let scenario: ActionScenario

beforeEach(async () => {
  await emptyTables(db)
  scenario = new ActionScenario(db.database, await registerTestShop(db.database))
})

const storedEffects = (): Promise<unknown[]> => rowsOf(db, 'SELECT intent, state, ended_as AS end FROM effect')

describe('an action of a store that was stopped in the meantime', () => {
  it.each([
    ['paused', 'UPDATE store SET paused_at = 1'],
    ['removed', 'UPDATE store SET removed_at = 1'],
  ])('is refused with the reason, and not sent, where its store was %s before it was sent', async (what, statement) => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    // Not invalidated: the worker's cache still shows the store as it was.
    await db.database.query(statement)
    const unexpected = (): Promise<never> => Promise.reject(new Error('sent'))
    expect(await scenario.perform(unexpected)).toBe(1)
    expect(await storedEffects()).toMatchObject([{ intent: 'i-1', state: 'ended', end: 'refused' }])
    expect(await scenario.intents(id)).toMatchObject([{ state: 'refused', code: `ours:store-${what}` }])
  })
})
