import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `person`            an account that signs in; belongs to no organisation by itself. `login` is normalised
 * - `membership`        a person's role in an organisation; `stores` null: all. Disabled: may not sign in there
 * - `session`           `token`: SHA-256 of what the cookie holds. Ends at `ends_at`, when it is idle, or when it is revoked
 * - `api_key`           `secret`: SHA-256 of the key
 * - `one_time_link`     `token`: SHA-256 of what the link holds; `ended_at`: used, or void
 * - `totp`              a person's second factor; `secret` is sealed for the organisation where it was set up; `last_step`:
 *   the time step of the last code, which is used once
 * - `recovery_code`     SHA-256 of what stands in for a lost device, each once
 * - `sign_in_throttle`  failures of an account, an address or a second factor, and until when nothing is checked
 *
 * `session`, `api_key`, `one_time_link`, `person`, `membership`, `totp` are read before it is known for which organisation.
 * Instants are UTC ms, of real time.
 */
export class People1700000000201 implements MigrationInterface {
  name = 'People1700000000201'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE person (
     id uuid PRIMARY KEY,
     login text NOT NULL UNIQUE,
     display_name text NOT NULL,
     password_hash text,
     created_at bigint NOT NULL
   )`,
  `CREATE TABLE membership (
     org int NOT NULL REFERENCES organisation,
     person uuid NOT NULL REFERENCES person,
     role text NOT NULL,
     stores int[],
     granted_by uuid,
     granted_at bigint NOT NULL,
     disabled_at bigint,
     PRIMARY KEY (org, person)
   )`,
  `CREATE INDEX membership_by_person ON membership (person)`,
  `CREATE TABLE session (
     id uuid PRIMARY KEY,
     token bytea NOT NULL UNIQUE,
     org int NOT NULL,
     person uuid NOT NULL REFERENCES person,
     created_at bigint NOT NULL,
     last_seen_at bigint NOT NULL,
     ends_at bigint NOT NULL,
     reauthenticated_at bigint NOT NULL,
     user_agent text NOT NULL,
     address text NOT NULL,
     revoked_at bigint
   )`,
  `CREATE INDEX session_by_person ON session (person)`,
  `CREATE TABLE api_key (
     id text PRIMARY KEY,
     org int NOT NULL REFERENCES organisation,
     label text NOT NULL,
     secret bytea NOT NULL,
     permissions text[] NOT NULL,
     stores int[],
     created_by uuid NOT NULL REFERENCES person,
     created_at bigint NOT NULL,
     expires_at bigint NOT NULL,
     last_used_at bigint,
     revoked_at bigint
   )`,
  `CREATE INDEX api_key_by_org ON api_key (org)`,
  `CREATE TABLE one_time_link (
     id uuid PRIMARY KEY,
     token bytea NOT NULL UNIQUE,
     purpose text NOT NULL,
     org int NOT NULL REFERENCES organisation,
     person uuid REFERENCES person,
     role text,
     stores int[],
     login text,
     made_by uuid,
     made_at bigint NOT NULL,
     expires_at bigint NOT NULL,
     ended_at bigint
   )`,
  `CREATE INDEX one_time_link_open ON one_time_link (org, purpose) WHERE ended_at IS NULL`,
  `CREATE TABLE totp (
     id uuid PRIMARY KEY,
     person uuid NOT NULL REFERENCES person,
     org int NOT NULL,
     secret bytea NOT NULL,
     created_at bigint NOT NULL,
     confirmed_at bigint,
     last_step bigint NOT NULL DEFAULT 0
   )`,
  `CREATE UNIQUE INDEX totp_confirmed ON totp (person) WHERE confirmed_at IS NOT NULL`,
  `CREATE TABLE recovery_code (
     person uuid NOT NULL REFERENCES person,
     hash bytea NOT NULL,
     used_at bigint,
     PRIMARY KEY (person, hash)
   )`,
  `CREATE TABLE sign_in_throttle (
     scope text PRIMARY KEY,
     failures int NOT NULL,
     last_at bigint NOT NULL,
     blocked_until bigint NOT NULL
   )`,
]
