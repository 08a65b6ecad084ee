import type { ActionOutcome, ReportedOutcome } from '#connectors'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { effectIdOf, parseEffectId } from './effect-id'
import { settleAnswers } from './adapter-answers'

const db = useTestDatabase()
let shop: TestShop
let scenario: ActionScenario
let id: string
let token: number

const ANSWER_MS = 60_000
const answerHandedOut = (): Promise<ActionOutcome> => Promise.resolve({ type: 'handed-out', answerMs: ANSWER_MS })

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  scenario = new ActionScenario(db.database, shop)
  id = await scenario.report('1')
  await scenario.request({ caseId: id })
  await scenario.perform(answerHandedOut)
  token = await readNewestToken()
})

const readNewestToken = async (): Promise<number> =>
  (await rowsOf<{ token: number }>(db, 'SELECT token FROM effect'))[0]?.token ?? -1
const readEffect = async (): Promise<unknown> => (await rowsOf(db, 'SELECT state, ended_as AS end FROM effect'))[0]
const readIntentState = async (): Promise<string | undefined> => (await scenario.intents(id))[0]?.state
/** No answer arrives before the claim expires. */
async function leaveUnanswered(): Promise<void> {
  await db.database.query('UPDATE effect SET lease_until = 1')
  await scenario.perform(answerHandedOut)
}

/** Applies the adapter's answers to the case; returns why they were not accepted. */
async function report(
  outcome: ReportedOutcome,
  changes: { readonly token?: number; readonly effect?: string; readonly store?: number } = {},
): Promise<string | undefined> {
  const { org, id: store } = await shop.store()
  const answer = {
    type: 'answered',
    id: 5,
    org,
    store,
    effect: effectIdOf({ stream: id, intent: 'i-1' }),
    token,
    outcome,
    ...changes,
  } as const
  return db.database.transaction(async (manager) => {
    const { caseCommands, rejected } = await settleAnswers(manager, [answer], scenario.now)
    await scenario.writer.write(manager, caseCommands, scenario.now)
    return rejected[0]?.detail
  })
}

describe('an action that was dispatched to an adapter', () => {
  it('stays with the adapter until its answer is overdue, and is not dispatched again', async () => {
    expect([await readEffect(), await readIntentState()]).toEqual([{ state: 'sent', end: null }, 'intended'])
    const [row] = await rowsOf<{ ms: number }>(
      db,
      `SELECT (lease_until - extract(epoch FROM clock_timestamp()) * 1000)::int AS ms FROM effect`,
    )
    expect(row?.ms).toBeGreaterThan(ANSWER_MS - 20_000)
    expect(await scenario.perform(answerHandedOut)).toBe(0)
  })

  it.each<[ReportedOutcome, unknown, string]>([
    [{ type: 'done' }, { state: 'ended', end: 'done' }, 'answered'],
    [{ type: 'already-done' }, { state: 'ended', end: 'done' }, 'answered'],
    [{ type: 'refused', code: 'E7', text: '余额不足' }, { state: 'ended', end: 'refused' }, 'refused'],
    [{ type: 'stale', code: 'moved' }, { state: 'ended', end: 'stale' }, 'stale'],
    [{ type: 'unknown', why: 'cut' }, { state: 'ended', end: 'in-doubt' }, 'in-doubt'],
    [{ type: 'try-later', afterMs: 10, why: 'busy' }, { state: 'ready', end: null }, 'intended'],
  ])('ends as its adapter answers in time: %j', async (outcome, after, intent) => {
    expect(await report(outcome)).toBeUndefined()
    expect([await readEffect(), await readIntentState()]).toEqual([after, intent])
  })

  it('is in doubt without an answer, and is not dispatched again', async () => {
    await leaveUnanswered()
    expect([await readEffect(), await readIntentState()]).toEqual([{ state: 'ended', end: 'in-doubt' }, 'in-doubt'])
  })

  it.each<[ReportedOutcome, string, string]>([
    [{ type: 'done' }, 'done', 'answered'],
    [{ type: 'refused', code: 'expired', text: '' }, 'refused', 'refused'],
    [{ type: 'try-later', afterMs: 10, why: 'busy' }, 'gave-up', 'refused'],
  ])('is no longer in doubt once its adapter has answered late: %j', async (outcome, end, intent) => {
    await leaveUnanswered()
    expect(await report(outcome)).toBeUndefined()
    expect([await readEffect(), await readIntentState()]).toEqual([{ state: 'ended', end }, intent])
  })

  it('keeps its first answer when it is answered twice', async () => {
    await report({ type: 'done' })
    expect(await report({ type: 'refused', code: 'E7', text: '' })).toBeUndefined()
    expect([await readEffect(), await readIntentState()]).toEqual([{ state: 'ended', end: 'done' }, 'answered'])
  })

  it('is not answered under an expired claim', async () => {
    await report({ type: 'try-later', afterMs: 0, why: '' })
    await db.database.query('UPDATE effect SET not_before = 0')
    await scenario.perform(answerHandedOut)
    const newer = await readNewestToken()
    expect(newer).toBeGreaterThan(token)
    expect(await report({ type: 'done' })).toBe(`answered under token ${token}; the newest claim is ${newer}`)
    expect([await readEffect(), await readIntentState()]).toEqual([{ state: 'sent', end: null }, 'intended'])
    expect(await report({ type: 'done' }, { token: newer })).toBeUndefined()
    expect(await readIntentState()).toBe('answered')
  })

  it.each([
    ['under a claim that does not exist', { token: 999 }, /^answered under token 999/],
    ['for another store', { store: 77 }, /^no such action/],
    ['under a malformed id', { effect: 'x' }, /^no such action/],
    ['for an unknown case', { effect: '0e9b2a34-0000-8000-a000-000000000001/i-1' }, /^no such action/],
  ])('is not answered %s', async (_, changes, why) => {
    expect(await report({ type: 'done' }, changes)).toMatch(why)
    expect([await readEffect(), await readIntentState()]).toEqual([{ state: 'sent', end: null }, 'intended'])
  })

  it('accepts no answer while it waits for a retry', async () => {
    await report({ type: 'try-later', afterMs: 60_000, why: '' })
    expect(await report({ type: 'done' })).toBe('the action is not handed out')
    expect(await readEffect()).toEqual({ state: 'ready', end: null })
  })
})

it('the id of an effect can be parsed even if the intent contains slashes', () => {
  const key = { stream: '0e9b2a34-0000-8000-a000-000000000001', intent: 'a/strategy/7' }
  expect(parseEffectId(effectIdOf(key))).toEqual(key)
})
