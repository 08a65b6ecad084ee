import type { TestDatabase } from '../../test/cases'
import {
  HOUR,
  NOON,
  bringIn,
  changeOf,
  idOf,
  openTestDatabase,
  reported,
  reportedMore,
  waiting,
} from '../../test/cases'
import { CaseDetailsHandler, CaseDetailsQuery } from '.'

describe('the parcels of cases', () => {
  let opened: TestDatabase
  beforeAll(async () => {
    opened = await openTestDatabase()
  })
  afterAll(() => opened.close())

  const parcel = (tracking: string) =>
    ({ goods: { stage: 'returning', parcels: [{ direction: 'back', tracking }] } }) as const

  /** A case that moved on, with its stream as the write path leaves it. */
  async function fill(): Promise<void> {
    const first = reported('A', { ...waiting(NOON + HOUR, 500), ...parcel('SF1') }, { appliedAt: NOON })
    const later = reportedMore(first, 'A', {
      status: { status: 'succeeded', outcome: 'refunded', raw: 'S' },
      ...parcel('SF2'),
    })
    const other = reported('B', { ...waiting(NOON, 7), ...parcel('SF1') })
    const third = reported('C', parcel('SF2'), { store: 2 })
    await bringIn(opened.database, [
      changeOf(1, undefined, first),
      changeOf(2, undefined, other),
      changeOf(3, undefined, third),
    ])
    await bringIn(opened.database, [changeOf(1, first, later)])
    for (const [n, state] of [
      [1, later],
      [2, other],
      [3, third],
    ] as const) {
      await opened.database.query(
        `INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, 1, $2, $3, 1, 0, $4)`,
        [idOf(n), Number(state.store), state.version, JSON.stringify(state)],
      )
      await opened.database.query(
        `INSERT INTO event (stream, version, org, type, body, occurred_at, recorded_at) VALUES ($1, 1, 1, 'CaseOpened', '{}', 0, $2)`,
        [idOf(n), NOON],
      )
    }
  }

  it('show the cases that share a parcel now, and not those that did before', async () => {
    await fill()
    const cases = new CaseDetailsHandler(opened.database)
    const sharing = async (n: number): Promise<unknown> =>
      (await cases.execute(new CaseDetailsQuery(1, idOf(n))))?.sharedWith
    expect(await sharing(1)).toEqual(new Map([['SF2', [{ caseId: idOf(3), caseNumber: 'C' }]]]))
    expect(await sharing(2)).toEqual(new Map([['SF1', []]]))
    expect(await cases.execute(new CaseDetailsQuery(2, idOf(1)))).toBeUndefined()
  })
})
