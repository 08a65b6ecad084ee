import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'

// The organisation that a message of ours names as its source, as `sourceOf` writes it. A record from elsewhere has none.
const ORGANISATION = `substring(storable_json(headers)->>'ce_source' FROM '^/shouhou/organisations/([0-9]{1,9})$')::int`

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
