import type { EntityManager } from 'typeorm'

/** An id that was given to an effect, with the effect's sealed order; `null` where the effect is kept no more. */
export interface NamedEffect {
  readonly stream: string
  readonly intent: string
  readonly sealed: Buffer | null
}

/** What these ids stand for in an organisation, whatever the stream. Older rows may share an id; none does since `action_id_once`. */
export const effectsByIntent = async (
  manager: EntityManager,
  org: number,
  intents: readonly string[],
): Promise<NamedEffect[]> =>
  intents.length === 0
    ? []
    : manager.query(
        `SELECT a.stream, a.intent, e.sealed FROM action_id a LEFT JOIN effect e USING (stream, intent)
         WHERE a.org = $1 AND a.intent = ANY($2::text[])`,
        [org, intents],
      )
