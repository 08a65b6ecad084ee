import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The keys by which cases are searched (R169): order number, keyed hashes of name, phone and its last four digits,
 * application time. They are in a table of their own because they almost never change: a change of status touches none of
 * these indexes. `sorted_at` is the application time or, if unknown, when the case was opened here.
 */
export class CaseSearch1700000000013 implements MigrationInterface {
  name = 'CaseSearch1700000000013'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE case_search (
     case_id uuid PRIMARY KEY,
     org int NOT NULL,
     dated boolean NOT NULL,
     sorted_at bigint NOT NULL,
     order_number text COLLATE "C",
     name_hash text COLLATE "C",
     phone_hash text COLLATE "C",
     phone_tail_hash text COLLATE "C"
   ) WITH (fillfactor = 95, autovacuum_vacuum_scale_factor = 0.1)`,
  `CREATE INDEX case_search_by_order ON case_search (org, order_number) WHERE order_number IS NOT NULL`,
  `CREATE INDEX case_search_by_name ON case_search (org, name_hash, sorted_at, case_id) WHERE name_hash IS NOT NULL`,
  `CREATE INDEX case_search_by_phone ON case_search (org, phone_hash, sorted_at, case_id) WHERE phone_hash IS NOT NULL`,
  `CREATE INDEX case_search_by_tail ON case_search (org, phone_tail_hash, sorted_at, case_id)
     WHERE phone_tail_hash IS NOT NULL`,
  `CREATE INDEX case_search_by_time ON case_search (org, sorted_at, case_id) WHERE dated`,
]
