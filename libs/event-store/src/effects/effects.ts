import type { EntityManager } from 'typeorm'
import type { CallResult, EffectLife, EffectState } from './effect-life'
import { effectSteps } from './effect-life'
import { storableText } from '../sql/storable-text'

/** An effect to be stored. The store never opens `sealed`. */
export interface EffectWrite {
  readonly stream: string
  readonly intent: string
  readonly org: number
  readonly store: number
  readonly sealed: Buffer
  /** The platform's revision that was judged, UTC ms. */
  readonly judged: number
  readonly due: number
  readonly state: 'ready' | 'by-hand'
}

/** An effect that was claimed, or found. */
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

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** Written in the transaction that decides them: an intent that is committed has its effect, and the other way round. */
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
  ])
}

const INSERT_EFFECTS = `
  WITH written AS (
    INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::bytea[], $6::bigint[], $7::bigint[], $8::text[])
  ) SELECT pg_notify('shouhou_effect', '')`

const DATABASE_NOW_MS = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`
const LIFE_COLUMNS = `e.state, e.token, e.attempts, e.not_before AS "notBefore", e.lease_until AS "leaseUntil", e.sent_at AS "sentAt",
  e.ended_as AS "endedAs"`
const EFFECT_COLUMNS = `e.stream, e.intent, e.org, e.store, e.sealed, e.judged, s.revision AS seen, ${LIFE_COLUMNS}`

/** Which stores have something to be sent now, or a claim that expired without an answer. */
export const findStoresWithEffects = (database: Queries): Promise<{ store: number }[]> =>
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

// A stream is read as it is committed, without its lock: its holder may be waiting for this very row.
const CLAIM_NEXT_EFFECT = `
  SELECT ${EFFECT_COLUMNS}, ${DATABASE_NOW_MS} AS at, nextval('effect_token') AS "nextToken" FROM (
    SELECT * FROM effect WHERE store = $1 AND state = 'ready' AND not_before <= ${DATABASE_NOW_MS}
    ORDER BY due, intent LIMIT 1 FOR UPDATE SKIP LOCKED
  ) e JOIN stream s ON s.id = e.stream`

/** Claims of a store that ran out without an answer; only found, not changed. */
export const findAbandonedEffects = (database: Queries, store: number, limit: number): Promise<StoredEffect[]> =>
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

/** Answer from the claim's holder, in time or late, when it is in doubt already. The stream is locked first. */
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

/** What is known of one effect, and its owner; `undefined`: there is none. Read without a lock. */
export const findEffect = async (
  manager: Queries,
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

/** The order of one effect, as it was sealed. */
export const findSealedEffect = async (
  database: Queries,
  key: EffectKey,
): Promise<{ org: number; sealed: Buffer; state: EffectState } | undefined> =>
  (
    await database.query<{ org: number; sealed: Buffer; state: EffectState }[]>(
      'SELECT org, sealed, state FROM effect WHERE stream = $1 AND intent = $2',
      [key.stream, key.intent],
    )
  )[0]
