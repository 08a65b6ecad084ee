import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who owns what: organisations, their apps at marketplaces, their stores. Secrets and tokens are sealed. */
export class Access1700000000002 implements MigrationInterface {
  name = 'Access1700000000002'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE organisation (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      slug text NOT NULL UNIQUE,
      name text NOT NULL
    )`)
    await runner.query(`CREATE TABLE app (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      org int NOT NULL REFERENCES organisation,
      marketplace text NOT NULL,
      app_key text NOT NULL,
      secret bytea NOT NULL,
      endpoints jsonb NOT NULL,
      UNIQUE (marketplace, app_key)
    )`)
    await runner.query(`CREATE TABLE store (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      org int NOT NULL REFERENCES organisation,
      app int NOT NULL REFERENCES app,
      shop text NOT NULL,
      name text NOT NULL,
      access_token bytea NOT NULL,
      refresh_token bytea NOT NULL,
      token_expires_at bigint,
      authorised boolean NOT NULL DEFAULT true,
      UNIQUE (app, shop)
    )`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}
