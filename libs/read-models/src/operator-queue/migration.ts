import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `queue_row` has one row for each case, as a list shows it. `lane` stands for turn and status together (lanes.ts) and
 * `kind_number` for the kind, so that the indexes alone answer filters. Unknown values are '' (codes) or null (others); a
 * case without a due time sorts last. `queue_count` has the number of rows of each lane, as a sum over shards, so that
 * two workers never wait for each other's counts.
 *
 * Open and finished rows are in different indexes, so that an update never writes to all of them.
 */
export class OperatorQueue1700000000003 implements MigrationInterface {
  name = 'OperatorQueue1700000000003'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE queue_row (
     case_id uuid PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     lane smallint NOT NULL,
     kind_number smallint NOT NULL,
     due_at bigint NOT NULL,
     risk_fen bigint NOT NULL,
     amount_fen bigint,
     applied_at bigint,
     updated_at bigint NOT NULL,
     goods_count int,
     marketplace text COLLATE "C" NOT NULL,
     case_number text COLLATE "C" NOT NULL,
     order_number text COLLATE "C",
     turn text COLLATE "C" NOT NULL,
     status text COLLATE "C" NOT NULL,
     kind text COLLATE "C" NOT NULL,
     variant text COLLATE "C",
     outcome text COLLATE "C",
     due_kind text COLLATE "C",
     due_source text COLLATE "C",
     due_breach text COLLATE "C",
     reason_text text,
     reason_code text,
     goods_title text,
     name_mask text,
     phone_mask text
   ) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02)`,
  `CREATE INDEX queue_by_deadline ON queue_row (org, store, turn, due_at, case_id)
     INCLUDE (risk_fen, lane, kind_number) WHERE turn <> 'nobody'`,
  `CREATE INDEX queue_by_risk ON queue_row (org, store, turn, risk_fen, case_id)
     INCLUDE (due_at, lane, kind_number) WHERE turn <> 'nobody'`,
  `CREATE INDEX queue_by_lane ON queue_row (org, store, lane, kind_number) WHERE turn <> 'nobody'`,
  `CREATE INDEX queue_finished ON queue_row (org, store, lane, kind_number, updated_at, case_id)
     WHERE turn = 'nobody'`,
  `CREATE TABLE queue_count (
     org int NOT NULL,
     store int NOT NULL,
     lane smallint NOT NULL,
     kind_number smallint NOT NULL,
     shard smallint NOT NULL,
     n bigint NOT NULL,
     PRIMARY KEY (org, store, lane, kind_number, shard)
   ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
]

/** A filter by status or kind works in both orders, so both indexes begin with the lane: see the strands of `queue-page-sql.ts`. */
export class QueueByLane1700000000063 implements MigrationInterface {
  name = 'QueueByLane1700000000063'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of LANES_IN_ORDER) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const LANES_IN_ORDER = [
  'DROP INDEX queue_by_lane',
  `CREATE INDEX queue_lane_by_deadline ON queue_row (org, store, lane, kind_number, due_at, case_id)
     INCLUDE (risk_fen) WHERE turn <> 'nobody'`,
  `CREATE INDEX queue_lane_by_risk ON queue_row (org, store, lane, kind_number, risk_fen, case_id)
     INCLUDE (due_at) WHERE turn <> 'nobody'`,
]

/** Indexes for the default view, everything open in all stores: by store and turn it would have eighty strands. */
export class QueueOverall1700000000073 implements MigrationInterface {
  name = 'QueueOverall1700000000073'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of OVERALL_IN_ORDER) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const OVERALL_IN_ORDER = [
  `CREATE INDEX queue_overall_by_deadline ON queue_row (org, due_at, case_id) INCLUDE (store) WHERE turn <> 'nobody'`,
  `CREATE INDEX queue_overall_by_risk ON queue_row (org, risk_fen, case_id) INCLUDE (store) WHERE turn <> 'nobody'`,
]
