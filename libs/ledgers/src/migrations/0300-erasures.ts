import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Erasures of buyers, and how far each has come. Instants are bigint milliseconds UTC.
 *
 * - `erasure`        one row for each request. `message_after` and `message_until`: which messages are looked through still
 * - `erasure_case`   the cases that it covers; `erased_at` is null until the personal data of the case is gone
 */
export class Erasures1700000000300 implements MigrationInterface {
  name = 'Erasures1700000000300'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
    const [{ schema } = { schema: 'public' }] = (await runner.query('SELECT current_schema() AS schema')) as {
      schema: string
    }[]
    await runner.query(rewriteFunction(schema))
    await runner.query(
      'REVOKE ALL ON FUNCTION rewrite_erased_case(uuid,int[],text[],xid8[],bigint[],text[]) FROM PUBLIC',
    )
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE erasure (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     why text NOT NULL,
     requested_by text,
     requested_at bigint NOT NULL,
     with_open boolean NOT NULL,
     message_after bigint NOT NULL DEFAULT 0,
     message_until bigint,
     messages int NOT NULL DEFAULT 0,
     pieces int NOT NULL DEFAULT 0,
     finished_at bigint
   )`,
  `CREATE INDEX erasure_unfinished ON erasure (id) WHERE finished_at IS NULL`,
  `CREATE TABLE erasure_case (
     stream uuid PRIMARY KEY,
     erasure bigint NOT NULL REFERENCES erasure (id),
     org int NOT NULL,
     store int NOT NULL,
     erased_at bigint
   )`,
  `CREATE INDEX erasure_case_by_erasure ON erasure_case (erasure, stream)`,
]

/**
 * No process may change events. This function may, with the rights of the owner: the bodies of events and published rows of one
 * case, once, as long as it is to be erased, was not yet, and belongs to the organisation that asked and to one of the running
 * work. Versions, types and times stay.
 */
const rewriteFunction = (schema: string): string => `
  CREATE FUNCTION rewrite_erased_case(erased uuid, versions int[], bodies text[], txs xid8[], positions bigint[], published text[])
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${schema}", pg_temp AS $$
  BEGIN
    IF NOT EXISTS (
      SELECT FROM erasure_case c JOIN stream s ON s.id = c.stream AND s.org = c.org
        WHERE c.stream = erased AND c.erased_at IS NULL
          AND c.org = ANY (coalesce(nullif(current_setting('shouhou.orgs', true), ''), '{}')::int[])
    ) OR EXISTS (SELECT FROM event e WHERE e.stream = erased AND e.type = 'BuyerErased') THEN
      RAISE EXCEPTION 'this case is not to be erased' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE event e SET body = v.body::json FROM unnest(versions, bodies) AS v(version, body)
      WHERE e.stream = erased AND e.version = v.version;
    UPDATE outgoing o SET body = v.body::json FROM unnest(txs, positions, published) AS v(tx, at, body)
      WHERE o.stream = erased AND o.tx = v.tx AND o.position = v.at;
  END $$`
