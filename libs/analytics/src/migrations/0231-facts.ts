import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Facts about cases, and what they add up to by day. Instants are bigint milliseconds UTC, money is fen, days are of Asia/Shanghai.
 *
 * - `case_fact`, `action_fact`, `appeal_fact`, `deadline_fact`  what is known of a case, its actions, appeals and missed deadlines
 * - `measure_day`            counts and sums by day, store, kind and one dimension; `bucket` is of durations, else 0
 * - `analytics_checkpoint`   how far the cases of an organisation were followed
 * - `analytics_login`        the database logins of an organisation, and until when they are valid
 */
export class Facts1700000000231 implements MigrationInterface {
  name = 'Facts1700000000231'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const OF_CASE = `
  case_id uuid NOT NULL,
  org int NOT NULL,
  store int NOT NULL,
  marketplace text NOT NULL,
  kind text NOT NULL,
  reason_first text NOT NULL`

const STATEMENTS = [
  `CREATE TABLE case_fact (${OF_CASE},
     case_number text NOT NULL,
     order_number text,
     version int NOT NULL,
     status text NOT NULL,
     outcome text NOT NULL,
     goods_stage text NOT NULL,
     money_stage text NOT NULL,
     dispute_stage text NOT NULL,
     reason text NOT NULL,
     products text[] NOT NULL,
     couriers text[] NOT NULL,
     asked_at bigint,
     asked_day date,
     finished_at bigint,
     finished_day date,
     finished boolean NOT NULL,
     decided_by text NOT NULL,
     strategy text NOT NULL,
     decided_at bigint,
     decided_day date,
     first_answer_at bigint,
     first_answer_day date,
     first_answer_ms bigint,
     first_answer_bucket smallint,
     completion_ms bigint,
     completion_bucket smallint,
     self_completed boolean NOT NULL,
     asked_fen bigint,
     agreed_fen bigint,
     refunded_fen bigint,
     refunded boolean NOT NULL,
     refunded_day date,
     refund_cost_fen bigint,
     refund_cost_reported boolean NOT NULL,
     refunded_by_timeout boolean,
     rejected boolean NOT NULL,
     intervened boolean,
     rejected_then_intervened boolean,
     ruled_day date,
     dispute_refund boolean,
     liability_appeal_won boolean NOT NULL,
     counts_as_return boolean NOT NULL,
     quality_return boolean,
     PRIMARY KEY (case_id)
   ) WITH (fillfactor = 85)`,
  `CREATE INDEX case_fact_by_day ON case_fact (org, asked_day)`,
  `CREATE TABLE action_fact (${OF_CASE},
     intent text NOT NULL,
     action text NOT NULL,
     requested_by text NOT NULL,
     strategy text NOT NULL,
     way text NOT NULL,
     state text NOT NULL,
     took_effect boolean NOT NULL,
     overruled boolean NOT NULL,
     uncertain boolean NOT NULL,
     amount_fen bigint,
     requested_at bigint NOT NULL,
     requested_day date,
     PRIMARY KEY (case_id, intent)
   )`,
  `CREATE INDEX action_fact_by_day ON action_fact (org, requested_day)`,
  `CREATE TABLE appeal_fact (${OF_CASE},
     appeal text NOT NULL,
     appeal_kind text NOT NULL,
     result text NOT NULL,
     decided boolean NOT NULL,
     won boolean NOT NULL,
     claimed_fen bigint,
     recovered_fen bigint,
     recovered_unknown boolean NOT NULL,
     filed_at bigint NOT NULL,
     filed_day date,
     decided_at bigint,
     decided_day date,
     PRIMARY KEY (case_id, appeal)
   )`,
  `CREATE INDEX appeal_fact_by_day ON appeal_fact (org, filed_day)`,
  `CREATE TABLE deadline_fact (${OF_CASE},
     deadline text NOT NULL,
     turn text NOT NULL,
     ours boolean NOT NULL,
     due_at bigint NOT NULL,
     due_day date,
     PRIMARY KEY (case_id, deadline)
   )`,
  `CREATE INDEX deadline_fact_by_day ON deadline_fact (org, due_day)`,
  `CREATE TABLE measure_day (
     org int NOT NULL,
     measure text COLLATE "C" NOT NULL,
     dimension text COLLATE "C" NOT NULL,
     day date NOT NULL,
     store int NOT NULL,
     marketplace text COLLATE "C" NOT NULL,
     kind text COLLATE "C" NOT NULL,
     value text COLLATE "C" NOT NULL,
     bucket smallint NOT NULL,
     n bigint NOT NULL,
     PRIMARY KEY (org, measure, dimension, day, store, marketplace, kind, value, bucket)
   ) WITH (fillfactor = 80)`,
  `CREATE TABLE analytics_checkpoint (
     org int PRIMARY KEY,
     tx xid8 NOT NULL DEFAULT '0',
     stream uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
     caught_up_at bigint
   )`,
  `CREATE TABLE analytics_login (
     login text PRIMARY KEY,
     org int NOT NULL,
     valid_until timestamptz NOT NULL,
     made_at timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
]
