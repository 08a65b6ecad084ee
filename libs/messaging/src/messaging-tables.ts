import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'

// Reads the organisation from `ce_source`, as `sourceOf` writes it. A record of an adapter or from elsewhere has none.
const ORGANISATION = `substring(storable_json(headers)->>'ce_source' FROM '^/shouhou/organisations/([0-9]{1,9})$')::int`

/** Which role may do what with each table of messaging; row-level security and grants are made from it. */
export const MESSAGING_TABLES: TableAccess = {
  publication: sharedTable('how far the feed of all organisations is published', { worker: READS_AND_WRITES }),
  consumed: sharedTable('ids of messages', { worker: READS_AND_WRITES }),
  dead_letter: tenantTable(
    { worker: READS_AND_WRITES, console: 'select, update (wanted_again_at, sent_again_at)' },
    {
      organisation: ORGANISATION,
      across: { worker: 'many records belong to no known organisation' },
      writesAcross: ['worker'],
    },
  ),
}
