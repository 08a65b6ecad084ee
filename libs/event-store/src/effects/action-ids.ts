import type { EntityManager } from 'typeorm'

/** An id that was given to an effect, with the effect's sealed order; `null` where the effect has been deleted. */
export interface IdentifiedEffect {
  readonly stream: string
  readonly intent: string
  readonly sealed: Buffer | null
}

/** The effects with these ids in an organisation, on any stream. Rows from before `action_id_once` may share an id. */
export const findEffectsByIntent = async (
  manager: EntityManager,
  org: number,
  intents: readonly string[],
): Promise<IdentifiedEffect[]> =>
  intents.length === 0
    ? []
    : manager.query(
        `SELECT a.stream, a.intent, e.sealed FROM action_id a LEFT JOIN effect e USING (stream, intent)
         WHERE a.org = $1 AND a.intent = ANY($2::text[])`,
        [org, intents],
      )
