import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `action_batch`: one action for many cases, as a person has frozen it. `sealed`: the action with its texts and facts; null once
 * nothing can be retried any more. `actor`: who froze it, as the audit names it. `stores`: not used; the rights of the moment count.
 * `advanced_at`: the last step, by the database's clock. `recall_after`: the last item that was called back. Other instants: UTC ms.
 *
 * `action_batch_item`: one case of it, with the revision that was judged. `state`: `ready` to be requested, `taken` on as the
 * action `intent`, `refused` by us with its reason, `recalled`. What became of a taken item is shown by its case.
 */
export class Batches1700000000310 implements MigrationInterface {
  name = 'Batches1700000000310'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE action_batch (
     id uuid PRIMARY KEY,
     org int NOT NULL,
     action text COLLATE "C" NOT NULL,
     sealed bytea,
     state text COLLATE "C" NOT NULL CHECK (state IN ('frozen', 'running', 'recalling', 'ended')),
     created_at bigint NOT NULL,
     created_by text NOT NULL,
     actor text COLLATE "C" NOT NULL,
     stores int[],
     asked int NOT NULL,
     retry_of uuid,
     undo_ms int NOT NULL DEFAULT 0,
     started_at bigint,
     recalled_at bigint,
     recalled_by text,
     recall_actor text COLLATE "C",
     recall_after int NOT NULL DEFAULT 0,
     ended_at bigint,
     advanced_at timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  `CREATE INDEX action_batch_by_org ON action_batch (org, created_at DESC, id DESC)`,
  `CREATE INDEX action_batch_at_work ON action_batch (advanced_at) WHERE state IN ('running', 'recalling')`,
  `CREATE TABLE action_batch_item (
     batch uuid NOT NULL REFERENCES action_batch ON DELETE CASCADE,
     n int NOT NULL,
     org int NOT NULL,
     case_id uuid NOT NULL,
     store int NOT NULL,
     intent uuid NOT NULL,
     judged bigint NOT NULL,
     amount_fen bigint,
     by_hand boolean NOT NULL,
     state text COLLATE "C" NOT NULL CHECK (state IN ('ready', 'taken', 'refused', 'recalled')),
     reason text COLLATE "C",
     rule text COLLATE "C",
     warnings text COLLATE "C" NOT NULL DEFAULT '',
     PRIMARY KEY (batch, n)
   )`,
  `CREATE INDEX action_batch_item_ready ON action_batch_item (batch, n) WHERE state = 'ready'`,
]
