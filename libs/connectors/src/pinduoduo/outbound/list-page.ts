import { createHash } from 'node:crypto'
import type { Answer, InboundMessage, StoreSession, CallContext, Window } from '../../contract'
import { asArray, asId, asInteger, asObject, elementsAt, asInstant } from '../../contract'
import { listRateLimits } from './rate-limits'
import { call } from './call'
import type { ListRow } from '../wire'

export const PAGE_SIZE = 100
const ANSWER_FIELD = 'refund_increment_get_response'

/** One row as a message, with its case number and revision, which prove completeness. */
export interface Row {
  readonly message: InboundMessage
  readonly caseNumber: string | undefined
  readonly revision: number | undefined
}

export interface Page {
  readonly rows: readonly Row[]
  /** The marketplace's own count of the window; `undefined`: none readable. */
  readonly total: number | undefined
  /** Why the page proves nothing although it was received; absent: it is consistent. */
  readonly contradiction?: string
}

/** The filter value for all statuses, by the older document; the newer one does not list it. */
export const ALL_STATUSES = 1
const ALL_TYPES = 1

export async function readPage(
  window: Window,
  status: number,
  page: number,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<Page>> {
  const answer = await call(
    {
      type: 'pdd.refund.list.increment.get',
      params: {
        after_sales_status: status,
        after_sales_type: ALL_TYPES,
        start_updated_at: Math.floor(window.from / 1000),
        end_updated_at: Math.ceil(window.to / 1000),
        page,
        page_size: PAGE_SIZE,
      },
      withToken: true,
      limits: listRateLimits(session),
    },
    session,
    ctx,
  )
  if (answer.type !== 'ok') return answer
  const list = asObject(answer.value.json[ANSWER_FIELD])
  const claimed = asInteger(list?.total_count)
  const total = claimed !== undefined && claimed >= 0 ? claimed : undefined
  const rows = asArray(list?.refund_list)
  const rowTexts = elementsAt(answer.value.text, [ANSWER_FIELD, 'refund_list']) ?? []
  // JSON may hold two lists under one name, of which the parser returns the last: then the rows are not those of the text.
  if (rowTexts.length !== rows.length)
    return { type: 'ok', value: { rows: [], total, contradiction: 'the rows of the list are ambiguous' } }
  return { type: 'ok', value: { rows: rowTexts.map((raw, i) => parseRow(raw, asObject(rows[i]) ?? {})), total } }
}

/** Equal rows are one message, so that overlapping windows and shifted pages repeat nothing. */
function parseRow(raw: string, row: ListRow): Row {
  const caseNumber = asId(row.id)
  const key = `${caseNumber ?? 'unreadable'}:${createHash('sha256').update(raw, 'utf8').digest('hex')}`
  return {
    message: { channel: 'list', key, shop: undefined, raw },
    caseNumber,
    revision: asInstant(row.updated_time),
  }
}
