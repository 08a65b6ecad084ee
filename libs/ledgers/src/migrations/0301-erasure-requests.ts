import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Erasures that people request on the page. `request_id` is the requester's own id of the request: sent twice, it is one erasure.
 * `notes` counts the notes of colleagues whose texts were erased.
 */
export class ErasureRequests1700000000301 implements MigrationInterface {
  name = 'ErasureRequests1700000000301'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE erasure ADD COLUMN request_id uuid, ADD COLUMN notes int NOT NULL DEFAULT 0')
    await runner.query('CREATE UNIQUE INDEX erasure_request ON erasure (org, request_id) WHERE request_id IS NOT NULL')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}
