import { primaryKeyOf, withClient } from '../server'

/** What one transaction wrote, by table; rows as JSON. */
export interface RecordedBatch {
  readonly deletedRows: Readonly<Record<string, readonly object[]>>
  readonly writtenRows: Readonly<Record<string, readonly object[]>>
}

const TABLES = [
  'pending',
  'stream',
  'event',
  'timer',
  'outgoing',
  'reading',
  'quarantine',
  'pull_cursor',
  'queue_row',
  'case_search',
  'parcel_case',
]

const RECORDER = `
  CREATE UNLOGGED TABLE recorded (at bigint GENERATED ALWAYS AS IDENTITY, tx xid8, tab text, op text, rows jsonb);
  CREATE FUNCTION record_set() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO recorded (tx, tab, op, rows)
      SELECT pg_current_xact_id(), TG_TABLE_NAME, 'set', jsonb_agg(to_jsonb(fresh)) FROM fresh HAVING count(*) > 0;
    RETURN NULL; END $$;
  CREATE FUNCTION record_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO recorded (tx, tab, op, rows)
      SELECT pg_current_xact_id(), TG_TABLE_NAME, 'gone', jsonb_agg(to_jsonb(stale)) FROM stale HAVING count(*) > 0;
    RETURN NULL; END $$;`

const countDifferenceTrigger = (key: readonly string[]): string => `
  CREATE FUNCTION record_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO recorded (tx, tab, op, rows)
      SELECT pg_current_xact_id(), TG_TABLE_NAME, 'set', jsonb_agg(to_jsonb(a) || jsonb_build_object('n', a.n - b.n))
      FROM fresh a JOIN stale b USING (${key.join(', ')}) HAVING count(*) > 0;
    RETURN NULL; END $$`

/**
 * From now on triggers record the rows of every statement. Counts are recorded as differences,
 * because differences are what is written.
 */
export const startRecording = (url: string): Promise<unknown> =>
  withClient(url, async (client) => {
    await client.query(RECORDER)
    await client.query(countDifferenceTrigger(await primaryKeyOf(client, 'queue_count')))
    for (const table of [...TABLES, 'queue_count']) {
      const triggerFunction = table === 'queue_count' ? 'record_moved' : 'record_set'
      await client.query(`
        CREATE TRIGGER recorded_insert AFTER INSERT ON ${table} REFERENCING NEW TABLE AS fresh
          FOR EACH STATEMENT EXECUTE FUNCTION record_set();
        CREATE TRIGGER recorded_update AFTER UPDATE ON ${table} REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
          FOR EACH STATEMENT EXECUTE FUNCTION ${triggerFunction}();
        CREATE TRIGGER recorded_delete AFTER DELETE ON ${table} REFERENCING OLD TABLE AS stale
          FOR EACH STATEMENT EXECUTE FUNCTION record_gone()`)
    }
  })

/** The transactions in the order in which they began. */
export const readRecordedBatches = (url: string): Promise<RecordedBatch[]> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ tx: string; tab: string; op: 'set' | 'gone'; rows: object[] }>(
      'SELECT tx::text AS tx, tab, op, rows FROM recorded ORDER BY at',
    )
    const batches = new Map<string, { deletedRows: Record<string, object[]>; writtenRows: Record<string, object[]> }>()
    for (const { tx, tab, op, rows: rowsOfStatement } of rows) {
      const batch = batches.get(tx) ?? { deletedRows: {}, writtenRows: {} }
      batches.set(tx, batch)
      const rowsByTable = op === 'gone' ? batch.deletedRows : batch.writtenRows
      rowsByTable[tab] = [...(rowsByTable[tab] ?? []), ...rowsOfStatement]
    }
    return [...batches.values()]
  })
