import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { FOLD_VERSION, fold } from '#after-sale'
import type { ChangedStream, StreamPosition } from '#event-store'
import { beforeChanges, readChangedStreams, readStreamEvents, namedOrganisations } from '#event-store'
import { applyFacts, tryLockRollUps } from './apply-facts'

/**
 * Cases in one transaction: cells that they share are written once. A larger one would hold back those who read the feed, and keep
 * a core of the database from the pushes that come in meanwhile.
 */
const CASES_PER_BATCH = 250
/** How old the note of having caught up may become before it is renewed, ms: a figure is known up to then. */
const NOTED_EVERY_MS = 5_000

/**
 * Keeps facts and roll-ups in step with the cases: follows their changes with a checkpoint for each organisation, in the
 * transaction of what they cause. Killed at any instruction it continues where it was; what is read twice changes nothing.
 */
export class FollowCases {
  private turn = 0

  constructor(
    private readonly database: DataSource,
    readonly batch = CASES_PER_BATCH,
  ) {}

  /**
   * One batch over the named organisations (`withTenants`). @returns how many cases had changed; 0 also where another worker is
   * following: waiting for it would hold a connection, and find nothing left
   */
  next(now: number, organisations: readonly number[] = namedOrganisations()): Promise<number> {
    if (organisations.length === 0) return Promise.resolve(0)
    return this.database.transaction(async (manager) => {
      if (!(await tryLockRollUps(manager))) return 0
      const positions = await this.positionsOf(manager, organisations)
      const changed = await readChangedStreams<AfterSaleCase>(manager, positions, this.batch)
      await applyFacts(manager, await subjectsOf(manager, changed))
      const behind = changed.length === this.batch
      await advanceCheckpoints(manager, changed)
      if (!behind) await noteCaughtUp(manager, organisations, now)
      return changed.length
    })
  }

  /** Each turn begins with another organisation, so that a busy one does not keep the others waiting. */
  private async positionsOf(
    manager: EntityManager,
    organisations: readonly number[],
  ): Promise<readonly StreamPosition[]> {
    const start = this.turn++ % organisations.length
    const inTurn = [...organisations.slice(start), ...organisations.slice(0, start)]
    const rows = await manager.query<StreamPosition[]>(
      'SELECT org, tx::text AS tx, stream FROM analytics_checkpoint WHERE org = ANY($1::int[])',
      [inTurn],
    )
    const known = new Map(rows.map((row) => [row.org, row]))
    return inTurn.map((org) => known.get(org) ?? beforeChanges(org))
  }
}

async function subjectsOf(manager: EntityManager, changed: readonly ChangedStream<AfterSaleCase>[]) {
  const subjects = []
  for (const stream of changed) {
    const afterSale = await currentState(manager, stream)
    const { id, org, store } = stream
    if (afterSale !== undefined) subjects.push({ id, org, store, afterSale })
  }
  return subjects
}

/** The state by the code of today: one that an older version folded is folded again from its events. */
async function currentState(
  manager: EntityManager,
  { id, fold: version, state }: ChangedStream<AfterSaleCase>,
): Promise<AfterSaleCase | undefined> {
  if (version === FOLD_VERSION) return state
  return fold(
    (await readStreamEvents(manager, id)).map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent),
  )
}

/** Moves each organisation's checkpoint to the last of its cases. One whose rows are not seen is not moved. */
async function advanceCheckpoints(manager: EntityManager, changed: readonly ChangedStream[]): Promise<void> {
  const last = new Map(changed.map(({ org, tx, id }) => [org, { tx, id }]))
  if (last.size === 0) return
  await manager.query(ADVANCE_CHECKPOINTS, [
    [...last.keys()],
    [...last.values()].map(({ tx }) => tx),
    [...last.values()].map(({ id }) => id),
  ])
}

const ADVANCE_CHECKPOINTS = `
  INSERT INTO analytics_checkpoint (org, tx, stream)
  SELECT * FROM unnest($1::int[], $2::xid8[], $3::uuid[])
  ON CONFLICT (org) DO UPDATE SET tx = excluded.tx, stream = excluded.stream`

const noteCaughtUp = (manager: EntityManager, organisations: readonly number[], now: number): Promise<unknown> =>
  manager.query(CAUGHT_UP, [organisations, now, now - NOTED_EVERY_MS])

const CAUGHT_UP = `
  INSERT INTO analytics_checkpoint AS c (org, caught_up_at)
  SELECT org, $2::bigint FROM unnest($1::int[]) AS o(org)
  WHERE NOT EXISTS (SELECT FROM analytics_checkpoint k WHERE k.org = o.org AND k.caught_up_at BETWEEN $3 AND $2)
  ON CONFLICT (org) DO UPDATE SET caught_up_at = excluded.caught_up_at`
