import type { DataSource } from 'typeorm'

/** All that was recorded of one stream, oldest first. */
export interface StreamHistory {
  readonly stream: string
  /** JSON text: `[[recordedAt, {"type": …, …body}], …]`. One text a stream is read and parsed in a third of the time of its rows. */
  readonly events: string
}

/**
 * Which streams are read: those of one organisation, with a revision not older than `since` (UTC ms), in part `index` of `of`
 * equal parts, so that several threads can share the work.
 */
export interface HistoryRange {
  readonly org: number
  readonly since?: number
  readonly part?: { readonly index: number; readonly of: number }
}

/**
 * Histories in no promised order, a thousand at a time, through a cursor: as much memory for a million as for a thousand.
 * All of them as they were at one moment; nothing that is written meanwhile is seen, and no writer is blocked.
 */
export async function* readHistories(
  database: DataSource,
  { org, since, part }: HistoryRange,
): AsyncGenerator<StreamHistory[]> {
  const boundaries =
    part === undefined ? [null, null] : [partBoundary(part.index, part.of), partBoundary(part.index + 1, part.of)]
  const runner = database.createQueryRunner()
  try {
    await runner.startTransaction('REPEATABLE READ')
    await runner.query('SET TRANSACTION READ ONLY')
    // Read only; where few streams of a large table are in the range, the first rows take long.
    await runner.query('SET LOCAL statement_timeout = 0')
    await runner.query(DECLARE_HISTORIES, [org, since ?? null, ...boundaries])
    for (;;) {
      const rows = (await runner.query('FETCH 1000 FROM histories')) as StreamHistory[]
      if (rows.length === 0) return
      yield rows
    }
  } finally {
    await runner.rollbackTransaction().catch(() => undefined)
    await runner.release()
  }
}

// Bodies are JSON objects, types are our own words and times are numbers, so the text that is put together is JSON,
// too. The type goes into the body here: adding it to the parsed object would make that one slow to read. `right` looks
// at one character, where `substr` would count all of them. Stream by stream in storage order: sorting the events of
// all streams costs more than judging them.
const DECLARE_HISTORIES = `
  DECLARE histories NO SCROLL CURSOR FOR
  SELECT s.id AS stream, h.events FROM stream s CROSS JOIN LATERAL (
    SELECT '[' || string_agg(concat('[', e.recorded_at, ',{"type":"', e.type, CASE WHEN e.body::text = '{}' THEN '"' ELSE '",' END,
      right(e.body::text, -1), ']'), ',' ORDER BY e.version) || ']' AS events
    FROM event e WHERE e.stream = s.id) h
  WHERE s.org = $1 AND ($3::uuid IS NULL OR s.id >= $3) AND ($4::uuid IS NULL OR s.id < $4)
    AND ($2::bigint IS NULL OR s.revision >= $2) AND h.events IS NOT NULL`

/**
 * Ids are hashes, so equal parts of their range contain about equally many. The first and the last part are open at one
 * end.
 */
const partBoundary = (index: number, of: number): string | null =>
  index <= 0 || index >= of
    ? null
    : `${Math.floor((index * 0x1_0000_0000) / of)
        .toString(16)
        .padStart(8, '0')}-0000-0000-0000-000000000000`
