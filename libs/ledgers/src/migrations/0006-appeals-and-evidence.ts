import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Facts about appeals and evidence that no marketplace keeps for us. Instants are bigint milliseconds UTC, amounts fen.
 *
 * - `appeal_result`   one row for each item of an appeal, from its filing on; a store's budget for failed appeals is counted by it
 * - `evidence_piece`  one row for each piece of evidence of a case; the bytes are stored sealed elsewhere, under the hash
 */
export class AppealsAndEvidence1700000000006 implements MigrationInterface {
  name = 'AppealsAndEvidence1700000000006'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE appeal_result (
     stream uuid NOT NULL,
     appeal text NOT NULL,
     kind text NOT NULL,
     org int NOT NULL,
     store int NOT NULL,
     filed_at bigint NOT NULL,
     claimed bigint,
     result text NOT NULL,
     recovered bigint,
     decided_at bigint,
     PRIMARY KEY (stream, appeal, kind)
   )`,
  `CREATE INDEX appeal_result_by_store ON appeal_result (store, filed_at)`,
  `CREATE TABLE evidence_piece (
     stream uuid NOT NULL,
     hash text NOT NULL,
     org int NOT NULL,
     store int NOT NULL,
     type text NOT NULL,
     kind text NOT NULL CHECK (kind IN ('image', 'video', 'document')),
     bytes bigint NOT NULL,
     width int,
     height int,
     shows text,
     captured_at bigint,
     keep_until bigint NOT NULL,
     added_by text NOT NULL,
     added_at bigint NOT NULL,
     judged_invalid boolean NOT NULL DEFAULT false,
     judged_late boolean NOT NULL DEFAULT false,
     judged_by text,
     PRIMARY KEY (stream, hash)
   )`,
  `CREATE INDEX evidence_piece_by_end ON evidence_piece (keep_until)`,
]
