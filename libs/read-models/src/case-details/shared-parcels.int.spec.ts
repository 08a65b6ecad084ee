import type { TestDatabase } from '../../test/cases'
import {
  HOUR,
  NOON,
  applyChanges,
  changeOf,
  caseIdFor,
  openTestDatabase,
  reported,
  reportAgain,
  waiting,
} from '../../test/cases'
import { CaseDetailsHandler, CaseDetailsQuery } from '.'

describe('the parcels of a case', () => {
  let testDatabase: TestDatabase
  beforeAll(async () => {
    testDatabase = await openTestDatabase()
  })
  afterAll(() => testDatabase.close())

  const parcel = (tracking: string) =>
    ({ goods: { stage: 'returning', parcels: [{ direction: 'back', tracking }] } }) as const

  /** Writes three cases, one of which gets another parcel, with streams as the write path leaves them. */
  async function writeCases(): Promise<void> {
    const first = reported('A', { ...waiting(NOON + HOUR, 500), ...parcel('SF1') }, { appliedAt: NOON })
    const firstLater = reportAgain(first, 'A', {
      status: { status: 'succeeded', outcome: 'refunded', raw: 'S' },
      ...parcel('SF2'),
    })
    const second = reported('B', { ...waiting(NOON, 7), ...parcel('SF1') })
    const third = reported('C', parcel('SF2'), { store: 2 })
    await applyChanges(testDatabase.database, [
      changeOf(1, undefined, first),
      changeOf(2, undefined, second),
      changeOf(3, undefined, third),
    ])
    await applyChanges(testDatabase.database, [changeOf(1, first, firstLater)])
    for (const [n, state] of [
      [1, firstLater],
      [2, second],
      [3, third],
    ] as const) {
      await testDatabase.database.query(
        `INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, 1, $2, $3, 1, 0, $4)`,
        [caseIdFor(n), Number(state.store), state.version, JSON.stringify(state)],
      )
      await testDatabase.database.query(
        `INSERT INTO event (stream, version, org, type, body, occurred_at, recorded_at) VALUES ($1, 1, 1, 'CaseOpened', '{}', 0, $2)`,
        [caseIdFor(n), NOON],
      )
    }
  }

  it('show the cases that share one of them now, and not those that did before', async () => {
    await writeCases()
    const handler = new CaseDetailsHandler(testDatabase.database)
    const sharedWithCase = async (n: number): Promise<unknown> =>
      (await handler.execute(new CaseDetailsQuery(1, caseIdFor(n))))?.sharedWith
    expect(await sharedWithCase(1)).toEqual(new Map([['SF2', [{ caseId: caseIdFor(3), caseNumber: 'C' }]]]))
    expect(await sharedWithCase(2)).toEqual(new Map([['SF1', []]]))
    expect(await handler.execute(new CaseDetailsQuery(2, caseIdFor(1)))).toBeUndefined()
  })
})
