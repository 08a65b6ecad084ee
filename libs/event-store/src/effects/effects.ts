import type { EntityManager } from 'typeorm'
import type { CallResult, EffectLife, EffectState } from './effect-life'
import { effectSteps } from './effect-life'
import { storableText } from '../sql/storable-text'
import type { SqlExecutor } from '../tenants/roles'

/** An effect to be stored. */
export interface EffectWrite {
  readonly stream: string
  /** Its id within the stream; a client's own id where it gave one. */
  readonly intent: string
  readonly org: number
  readonly store: number
  /** What is to be done, encrypted; the store never opens it. */
  readonly sealed: Buffer
  /** The platform's revision that was judged, UTC ms. */
  readonly judged: number
  /** The deadline by which it is ordered, UTC ms. */
  readonly due: number
  readonly state: 'ready' | 'by-hand'
  /** How long it may not be claimed, ms; 0: not at all. */
  readonly holdMs: number
}

/** An effect as it is stored, with its life. */
export interface StoredEffect extends EffectLife {
  readonly stream: string
  readonly intent: string
  readonly org: number
  readonly store: number
  readonly sealed: Buffer
  readonly judged: number
  /** The newest revision of its stream, UTC ms: where it is newer, the case has changed since it was judged. */
  readonly seen: number
}

interface EffectKey {
  readonly stream: string
  readonly intent: string
}

/**
 * Writes effects in the transaction that decides them, so that a committed decision has its effect, and no effect is without
 * one. The workers are notified at the commit.
 */
export async function writeEffects(manager: EntityManager, effects: readonly EffectWrite[]): Promise<void> {
  if (effects.length === 0) return
  await manager.query(INSERT_EFFECTS, [
    effects.map((e) => e.stream),
    effects.map((e) => e.intent),
    effects.map((e) => e.org),
    effects.map((e) => e.store),
    effects.map((e) => e.sealed),
    effects.map((e) => e.judged),
    effects.map((e) => e.due),
    effects.map((e) => e.state),
    effects.map((e) => e.holdMs),
  ])
}

// The database's clock: those of the workers may differ.
const DATABASE_NOW_MS = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

const INSERT_EFFECTS = `
  WITH written AS (
    INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state, not_before)
    SELECT stream, intent, org, store, sealed, judged, due, state, CASE WHEN hold > 0 THEN ${DATABASE_NOW_MS} + hold ELSE 0 END
    FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::bytea[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[])
      AS e (stream, intent, org, store, sealed, judged, due, state, hold)
  ) SELECT pg_notify('shouhou_effect', '')`

const LIFE_COLUMNS = `e.state, e.token, e.attempts, e.not_before AS "notBefore", e.lease_until AS "leaseUntil", e.sent_at AS "sentAt",
  e.ended_as AS "endedAs"`
const EFFECT_COLUMNS = `e.stream, e.intent, e.org, e.store, e.sealed, e.judged, s.revision AS seen, ${LIFE_COLUMNS}`

/** Which stores have something to be sent now, or a claim that expired without an answer. */
export const findStoresWithEffects = (database: SqlExecutor): Promise<{ store: number }[]> =>
  database.query(
    `SELECT store FROM effect WHERE state = 'ready' AND not_before <= ${DATABASE_NOW_MS}
     UNION SELECT store FROM effect WHERE state = 'sent' AND lease_until <= ${DATABASE_NOW_MS}`,
  )

/**
 * Claims the effect of a store whose deadline is nearest, in the caller's transaction, which must be committed before
 * anything is sent. Effects that another worker is claiming are skipped. `sentAt` is UTC ms of the marketplace's time.
 */
export async function claimEffect(
  manager: EntityManager,
  {
    store,
    holder,
    leaseMs,
    sentAt,
  }: { readonly store: number; readonly holder: string; readonly leaseMs: number; readonly sentAt: number },
): Promise<StoredEffect | undefined> {
  const [row] = await manager.query<(StoredEffect & { at: number; nextToken: number })[]>(CLAIM_NEXT_EFFECT, [store])
  if (row === undefined) return undefined
  const { at, nextToken, ...effect } = row
  const life = effectSteps.claimed(effect, { token: nextToken, at, leaseMs, sentAt })
  if (life === undefined) return undefined
  await updateEffect(manager, effect, life, holder)
  return { ...effect, ...life }
}

// The stream is read without its lock: the transaction that holds it may be waiting for this effect's row.
const CLAIM_NEXT_EFFECT = `
  SELECT ${EFFECT_COLUMNS}, ${DATABASE_NOW_MS} AS at, nextval('effect_token') AS "nextToken" FROM (
    SELECT * FROM effect WHERE store = $1 AND state = 'ready' AND not_before <= ${DATABASE_NOW_MS}
    ORDER BY due, intent LIMIT 1 FOR UPDATE SKIP LOCKED
  ) e JOIN stream s ON s.id = e.stream`

/** Effects of a store whose claim has expired without an answer. They are not changed. */
export const findAbandonedEffects = (database: SqlExecutor, store: number, limit: number): Promise<StoredEffect[]> =>
  database.query(
    `SELECT ${EFFECT_COLUMNS} FROM effect e JOIN stream s ON s.id = e.stream
     WHERE e.store = $1 AND e.state = 'sent' AND e.lease_until <= ${DATABASE_NOW_MS} ORDER BY e.lease_until LIMIT $2`,
    [store, limit],
  )

/**
 * Records the result of a claim. `undefined`: another worker has claimed it since, and nothing is written. The stream
 * is locked first.
 */
export const answerEffect = (
  manager: EntityManager,
  key: EffectKey,
  token: number,
  result: CallResult,
  text = '',
): Promise<EffectLife | undefined> =>
  advanceEffect(manager, key, (life, at) => effectSteps.answered(life, token, result, at), text)

/**
 * Records the result of an effect that was handed to an adapter (`awaited`), in time or late, when it is in doubt already.
 * `undefined`: it is not of the current claim, and nothing is written. The stream is locked first.
 */
export const answerAwaitedEffect = (
  manager: EntityManager,
  key: EffectKey,
  token: number,
  result: CallResult,
  text = '',
): Promise<EffectLife | undefined> =>
  advanceEffect(
    manager,
    key,
    (life, at) => effectSteps.answered(life, token, result, at) ?? effectSteps.answeredLate(life, token, result),
    text,
  )

/** The life of one effect, and its owner; `undefined`: there is no such effect. Read without a lock. */
export const findEffect = async (
  manager: SqlExecutor,
  { stream, intent }: EffectKey,
): Promise<EffectWithOwner | undefined> =>
  (
    await manager.query<EffectWithOwner[]>(
      `SELECT e.org, e.store, ${LIFE_COLUMNS} FROM effect e WHERE e.stream = $1 AND e.intent = $2`,
      [stream, intent],
    )
  )[0]

export interface EffectWithOwner extends EffectLife {
  readonly org: number
  readonly store: number
}

/**
 * Ends an expired claim. `undefined`: it has not expired, or another worker ended it first. The stream is locked first.
 */
export const abandonEffect = (manager: EntityManager, key: EffectKey): Promise<EffectLife | undefined> =>
  advanceEffect(manager, key, (life, at) => effectSteps.abandoned(life, at))

/** Ends an effect that was not sent yet. `undefined`: it may have been sent. The stream is locked first. */
export const withdrawEffect = (manager: EntityManager, key: EffectKey): Promise<EffectLife | undefined> =>
  advanceEffect(manager, key, (life) => effectSteps.withdrawn(life))

/** Locks the effect's row, applies the step to it, and writes the result; `undefined`: the step does not apply. */
async function advanceEffect(
  manager: EntityManager,
  key: EffectKey,
  nextLife: (life: EffectLife, at: number) => EffectLife | undefined,
  text = '',
): Promise<EffectLife | undefined> {
  const [row] = await manager.query<(EffectLife & { at: number })[]>(
    `SELECT ${LIFE_COLUMNS}, ${DATABASE_NOW_MS} AS at FROM effect e WHERE e.stream = $1 AND e.intent = $2 FOR UPDATE`,
    [key.stream, key.intent],
  )
  if (row === undefined) return undefined
  const { at, ...life } = row
  const lifeAfter = nextLife(life, at)
  if (lifeAfter !== undefined) await updateEffect(manager, key, lifeAfter, null, text)
  return lifeAfter
}

/** Of the marketplace's text about the result, in UTF-16 units. */
const MAX_TEXT_LENGTH = 200

const updateEffect = (
  manager: EntityManager,
  key: EffectKey,
  life: EffectLife,
  holder: string | null,
  text = '',
): Promise<unknown> =>
  manager.query(
    `UPDATE effect SET state = $3, token = $4, attempts = $5, not_before = $6, lease_until = $7, sent_at = $8, ended_as = $9,
       claimed_by = coalesce($10, claimed_by), ended_text = coalesce(nullif($11, ''), ended_text)
     WHERE stream = $1 AND intent = $2`,
    [
      key.stream,
      key.intent,
      life.state,
      life.token,
      life.attempts,
      life.notBefore,
      life.leaseUntil,
      life.sentAt,
      life.endedAs,
      holder,
      storableText(text, MAX_TEXT_LENGTH),
    ],
  )

/** What one effect is to do, still sealed; `undefined`: there is no such effect. */
export const findSealedEffect = async (
  database: SqlExecutor,
  key: EffectKey,
): Promise<{ org: number; sealed: Buffer; state: EffectState } | undefined> =>
  (
    await database.query<{ org: number; sealed: Buffer; state: EffectState }[]>(
      'SELECT org, sealed, state FROM effect WHERE stream = $1 AND intent = $2',
      [key.stream, key.intent],
    )
  )[0]
