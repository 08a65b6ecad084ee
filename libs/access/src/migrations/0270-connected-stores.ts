import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `app.service`          the app's number in the marketplace's service market, where its authorisation page needs one
 * - `store`                `authorised_until`: when it has to be authorised again, if the marketplace says so. `paused_at`: it is not
 *   called and not acted on. `removed_at`: neither, and its cases can only be read; its tokens are gone
 * - `store_authorisation`  an authorisation that a person began: `state` is the SHA-256 of what the marketplace hands back.
 *   It is of one session, used once, and ends. Instants are UTC ms, of real time
 */
export class ConnectedStores1700000000270 implements MigrationInterface {
  name = 'ConnectedStores1700000000270'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE app ADD COLUMN service text')
    await runner.query(
      'ALTER TABLE store ADD COLUMN authorised_until bigint, ADD COLUMN paused_at bigint, ADD COLUMN removed_at bigint',
    )
    await runner.query(`CREATE TABLE store_authorisation (
      state bytea PRIMARY KEY,
      org int NOT NULL REFERENCES organisation,
      app int NOT NULL REFERENCES app,
      store int REFERENCES store,
      session uuid NOT NULL,
      began_at bigint NOT NULL,
      expires_at bigint NOT NULL,
      used_at bigint
    )`)
    await runner.query('CREATE INDEX store_authorisation_by_end ON store_authorisation (org, expires_at)')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}
