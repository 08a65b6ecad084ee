import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `passkey`            a public key of a person's device; `credential`: the id that the device gave it, of one person only;
 *   `rp_id`: the host name that it was made for; `counter`: signatures that the device says it has made
 * - `passkey_challenge`  what the next answer of a device must sign; `bound`: the session, or the link of the first factor, that
 *   asked. One for each purpose: a new one replaces it, and any answer uses it up
 *
 * Instants are UTC ms, of real time.
 */
export class Passkeys1700000000291 implements MigrationInterface {
  name = 'Passkeys1700000000291'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE passkey (
     id uuid PRIMARY KEY,
     person uuid NOT NULL REFERENCES person,
     credential bytea NOT NULL UNIQUE,
     public_key bytea NOT NULL,
     counter bigint NOT NULL,
     rp_id text NOT NULL,
     name text NOT NULL,
     transports text[] NOT NULL,
     created_at bigint NOT NULL,
     last_used_at bigint
   )`,
  `CREATE INDEX passkey_by_person ON passkey (person)`,
  `CREATE TABLE passkey_challenge (
     bound uuid NOT NULL,
     purpose text NOT NULL,
     challenge bytea NOT NULL,
     expires_at bigint NOT NULL,
     PRIMARY KEY (bound, purpose)
   )`,
]
