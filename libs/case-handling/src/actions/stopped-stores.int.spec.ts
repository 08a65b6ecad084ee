import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { emptyTables, rowsOf, useTestDatabase } from '../../../../test/postgres/test-database'

const db = useTestDatabase()
let shop: TestShop
let scenario: ActionScenario

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  scenario = new ActionScenario(db.database, shop)
})

const stopAsCached = async (statement: string): Promise<void> => {
  await db.database.query(statement)
  shop.stores.invalidate()
  await shop.stores.current()
}
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

  it('is sent where its store was resumed, though the worker still takes it for paused', async () => {
    await scenario.request({ caseId: await scenario.report('1') })
    await stopAsCached('UPDATE store SET paused_at = 1')
    await db.database.query('UPDATE store SET paused_at = NULL')
    expect(await scenario.perform(() => Promise.resolve({ type: 'done' }))).toBe(1)
    expect(await storedEffects()).toMatchObject([{ intent: 'i-1', state: 'ended', end: 'done' }])
  })

  it('waits where its store was removed and connected again, though the worker still takes it for removed', async () => {
    await scenario.request({ caseId: await scenario.report('1') })
    await stopAsCached('UPDATE store SET removed_at = 1, authorised = false')
    await db.database.query('UPDATE store SET removed_at = NULL, authorised = true')
    const unexpected = (): Promise<never> => Promise.reject(new Error('sent'))
    expect(await scenario.perform(unexpected, scenario.world(), 1)).toBe(1)
    expect(await storedEffects()).toMatchObject([{ intent: 'i-1', end: null }])
  })

  it('is refused with the reason where its store was removed, as the worker knows', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    await stopAsCached('UPDATE store SET removed_at = 1, authorised = false')
    const unexpected = (): Promise<never> => Promise.reject(new Error('sent'))
    expect(await scenario.perform(unexpected)).toBe(1)
    expect(await scenario.intents(id)).toMatchObject([{ state: 'refused', code: 'ours:store-removed' }])
  })
})
