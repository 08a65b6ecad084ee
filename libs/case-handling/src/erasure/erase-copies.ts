import type { EntityManager } from 'typeorm'
import type { EvidenceStore } from '../evidence/evidence-store'
import type { Sealing } from '../ports'

/** Deletes the evidence of these cases, also its files, except those that another case of the organisation has, too. */
export async function deleteEvidence(
  manager: EntityManager,
  evidence: EvidenceStore | undefined,
  org: number,
  streams: readonly string[],
): Promise<number> {
  const pieces = await manager.query<{ stream: string; hash: string; shared: boolean }[]>(
    `SELECT p.stream, p.hash, EXISTS (
       SELECT FROM evidence_piece o WHERE o.org = p.org AND o.hash = p.hash AND o.stream <> ALL($2::uuid[])
     ) AS shared FROM evidence_piece p WHERE p.org = $1 AND p.stream = ANY($2::uuid[]) FOR UPDATE`,
    [org, streams],
  )
  // Files first: a file without a row would stay until its retention ends.
  for (const { hash, shared } of pieces) if (!shared) await evidence?.remove(org, hash)
  await manager.query(
    `DELETE FROM evidence_piece p USING unnest($1::uuid[], $2::text[]) AS d(stream, hash) WHERE p.stream = d.stream AND p.hash = d.hash`,
    [pieces.map(({ stream }) => stream), pieces.map(({ hash }) => hash)],
  )
  return pieces.length
}

/** An order without texts. A repeated request with the same id counts as another one, and is refused. */
const ERASED_ORDER = '{}'

/** Overwrites the orders of finished actions: they hold the texts that were sent to the buyer, and the marketplace's answer. */
export async function eraseOrders(
  manager: EntityManager,
  sealing: Pick<Sealing, 'sealOrder'>,
  org: number,
  streams: readonly string[],
): Promise<void> {
  const effects = await manager.query<{ stream: string; intent: string }[]>(
    'SELECT stream, intent FROM effect WHERE stream = ANY($1::uuid[])',
    [streams],
  )
  await manager.query(
    `UPDATE effect e SET sealed = v.sealed, ended_text = NULL FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS v(stream, intent, sealed)
     WHERE e.stream = v.stream AND e.intent = v.intent`,
    [
      effects.map(({ stream }) => stream),
      effects.map(({ intent }) => intent),
      effects.map(({ stream, intent }) => sealing.sealOrder({ org, stream, intent }, ERASED_ORDER)),
    ],
  )
}

/** Messages that were set aside and name an erased case: there is nothing left to run again. */
export const forgetQuarantined = (manager: EntityManager, messages: readonly number[]): Promise<unknown> =>
  manager.query('DELETE FROM quarantine WHERE message_id = ANY($1::bigint[])', [messages])

/** What a marketplace answered when these cases could not be read. */
export const forgetFailures = (manager: EntityManager, streams: readonly string[]): Promise<unknown> =>
  manager.query('UPDATE reading SET failure = NULL WHERE stream = ANY($1::uuid[]) AND failure IS NOT NULL', [streams])
