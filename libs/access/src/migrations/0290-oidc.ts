import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `oidc_provider`  an organisation's log-in by OpenID Connect; `login_key` names it in `/login?org=…` and cannot be guessed;
 *   `client_secret` is sealed for issuer and client. `required`: members who are not owners log in this way only
 * - `oidc_attempt`   one way to the provider and back: `state` and `browser` are SHA-256 of what comes back and of the cookie
 * - `oidc_subject`   the person whom a subject of an issuer logs in, in one organisation only
 * - `session.oidc`, `one_time_link.oidc`  opened by the provider: not for other organisations of the person
 *
 * Instants are UTC ms, of real time.
 */
export class Oidc1700000000290 implements MigrationInterface {
  name = 'Oidc1700000000290'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE oidc_provider (
     org int PRIMARY KEY REFERENCES organisation,
     login_key text NOT NULL UNIQUE,
     issuer text NOT NULL,
     client_id text NOT NULL,
     client_secret bytea NOT NULL,
     email_domains text[] NOT NULL,
     role_claim text,
     role_values jsonb NOT NULL,
     required boolean NOT NULL,
     changed_at bigint NOT NULL
   )`,
  `CREATE TABLE oidc_attempt (
     state bytea PRIMARY KEY,
     org int NOT NULL REFERENCES organisation,
     purpose text NOT NULL,
     browser bytea NOT NULL,
     session uuid,
     link uuid,
     login text,
     display_name text,
     began_at bigint NOT NULL,
     expires_at bigint NOT NULL,
     used_at bigint
   )`,
  `CREATE INDEX oidc_attempt_by_end ON oidc_attempt (expires_at)`,
  `CREATE TABLE oidc_subject (
     org int NOT NULL REFERENCES organisation,
     issuer text NOT NULL,
     subject text NOT NULL,
     person uuid NOT NULL REFERENCES person,
     linked_at bigint NOT NULL,
     last_used_at bigint,
     PRIMARY KEY (org, issuer, subject),
     UNIQUE (org, person)
   )`,
  `ALTER TABLE session ADD COLUMN oidc boolean NOT NULL DEFAULT false`,
  `ALTER TABLE one_time_link ADD COLUMN oidc boolean NOT NULL DEFAULT false`,
]
