import { randomUUID } from 'node:crypto'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { ActionIds1700000000130, ActionIdsBefore1700000000131 } from '../migrations/0130-action-ids'

const db = useTestDatabase()

const insertEffect = (stream: string, intent: string, org = 1): Promise<unknown> =>
  rowsOf(
    db,
    `INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state) VALUES ($1, $2, $3, 1, '', 1, 1, 'ended')`,
    [stream, intent, org],
  )
const readActionIds = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT org, intent, stream, once FROM action_id ORDER BY org, intent, stream')

describe('ids of actions from before they were unique (fault A7)', () => {
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()].sort() as [string, string, string]
  beforeAll(async () => {
    // The tables as the version before knows them, with one id on two cases.
    await db.database.query('DROP TRIGGER keep_action_id ON effect')
    await db.database.query('DROP TRIGGER forget_action_ids ON effect')
    await db.database.query('DROP TABLE action_id; DROP FUNCTION keep_action_id')
    await insertEffect(one, 'a')
    await insertEffect(two, 'a')
    await insertEffect(two, 'b')
    const runner = db.database.createQueryRunner()
    await new ActionIds1700000000130().up(runner)
    // The version before goes on writing beside this one while the ids are brought over.
    await insertEffect(three, 'c')
    await new ActionIdsBefore1700000000131().up(runner)
    await runner.release()
  })

  it('are all kept, those that two cases share as well', async () => {
    expect(await readActionIds()).toEqual([
      { org: 1, intent: 'a', stream: one, once: false },
      { org: 1, intent: 'a', stream: two, once: false },
      { org: 1, intent: 'b', stream: two, once: false },
      { org: 1, intent: 'c', stream: three, once: true },
    ])
    expect(await rowsOf(db, 'SELECT stream, intent FROM effect ORDER BY intent, stream')).toHaveLength(4)
  })

  it('are followed by ids that are written once in an organisation, by whichever version', async () => {
    await expect(insertEffect(one, 'c')).rejects.toMatchObject({ code: '23505', constraint: 'action_id_once' })
    await insertEffect(one, 'c', 2)
    expect(await rowsOf(db, `SELECT FROM effect WHERE intent = 'c'`)).toHaveLength(2)
  })
})
