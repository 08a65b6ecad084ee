import type { Answer, Json, CallFailure, StoreSession, CallContext, Window, PulledWindow } from '../../contract'
import { asArray, asId, asInteger, asObject, elementsAt, asInstant, isComplete } from '../../contract'
import type { Page, Row } from './window-findings'
import { WindowFindings } from './window-findings'
import type { GatewayResponse } from './call'
import { call } from './call'
import { listRateLimits } from './rate-limits'
import type { ListCase } from '../wire'

const PAGE_SIZE = 100
/** The platform serves only rows up to `page * size` = 50,000. */
const LAST_PAGE = 50_000 / PAGE_SIZE
/** The most passes over the pages from one second, until a pass finds nothing new. */
const MAX_PASSES_OF_A_SECOND = 6
/** The most passes over the whole window, until a pass sees exactly the rows that its pages claim. */
const MAX_WINDOW_PASSES = 3
/** No window is read further than this: a window that claims more is read again later. */
const MAX_PAGES = 2_500

/**
 * Reads every case that changed in the window. A row moves to the end whenever its case changes, and the rows behind it move
 * up, so that reading page after page would skip rows. Instead, the next request starts at the second of the last row, which is
 * read again from its first row. Page numbers are used only where one second fills a page, or where the rows are not in the
 * requested order; those pages are read until a pass finds no further case. A window that did not show exactly what its pages
 * claimed is read up to three times; then the counts show the difference.
 */
export async function pull(window: Window, session: StoreSession, ctx: CallContext): Promise<Answer<PulledWindow>> {
  const end = Math.ceil(window.to / 1000)
  const findings = new WindowFindings()
  const readAndAddPage = async (start: number, page: number): Promise<Answer<Page>> => {
    const answer = await readPage({ start, end, page }, session, ctx)
    if (answer.type === 'ok') findings.addPage(answer.value, start * 1000)
    return answer
  }
  for (let pass = 1; ; pass++) {
    findings.beginPass()
    const refused = await readPass(Math.floor(window.from / 1000), end, readAndAddPage, findings)
    if (refused !== undefined) return refused
    const count = findings.count()
    if (isComplete(count) || count.claimed === null || pass === MAX_WINDOW_PASSES || findings.pages > MAX_PAGES)
      return { type: 'ok', value: findings.toPulledWindow() }
  }
}

type PageReader = (start: number, page: number) => Promise<Answer<Page>>

/** From the window's start to its end; whatever stops it earlier is recorded as a contradiction. `undefined` when done. */
async function readPass(
  from: number,
  end: number,
  readAndAddPage: PageReader,
  findings: WindowFindings,
): Promise<CallFailure | undefined> {
  for (let start: number | undefined = from; start !== undefined;) {
    const position = await readFromSecond(start, readAndAddPage, findings)
    if (position.type !== 'ok') return position
    start = position.value
    if (start === undefined || start <= end) continue
    findings.contradict('the list shows changes from after the window')
    return undefined
  }
  return undefined
}

/** Reads from one second; returns the second to continue from, or nothing at the end. */
async function readFromSecond(
  start: number,
  readAndAddPage: PageReader,
  findings: WindowFindings,
): Promise<Answer<number | undefined>> {
  const stopBecause = (why: string): Answer<undefined> => {
    findings.contradict(why)
    return { type: 'ok', value: undefined }
  }
  for (let pass = 1; pass <= MAX_PASSES_OF_A_SECOND; pass++) {
    const seenBefore = findings.seenCaseCount
    for (let page = 0; ; page++) {
      if (page === LAST_PAGE) return stopBecause('more rows in one place than the platform shows')
      if (findings.pages >= MAX_PAGES * MAX_WINDOW_PASSES) return stopBecause(`more than ${MAX_PAGES} pages`)
      const answer = await readAndAddPage(start, page)
      if (answer.type !== 'ok') return answer
      const { rows, hasMore: more, total } = answer.value
      if (total === undefined) return { type: 'ok', value: undefined }
      const next = more ? findContinuation(rows, start) : undefined
      if (more && next === undefined) continue
      const fitsOnePage = page === 0
      const foundNothingNew = pass > 1 && findings.seenCaseCount === seenBefore
      if (fitsOnePage || foundNothingNew) return { type: 'ok', value: next }
      break
    }
  }
  return stopBecause('the rows of one place did not come to rest')
}

/** The second to continue from, or `undefined` where the start cannot be moved forward. */
function findContinuation(rows: readonly Row[], start: number): number | undefined {
  let latest = start * 1000
  for (const { revision } of rows) {
    if (revision === undefined || revision < latest) return undefined
    latest = revision
  }
  return latest > start * 1000 ? latest / 1000 : undefined
}

async function readPage(
  { start, end, page }: { readonly start: number; readonly end: number; readonly page: number },
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<Page>> {
  const params = {
    order_by: ['update_time asc'],
    page,
    size: PAGE_SIZE,
    update_start_time: start,
    update_end_time: end,
  }
  const { accessToken } = session
  const response = await call(
    { method: 'afterSale.List', params, limits: listRateLimits(session), accessToken },
    session,
    ctx,
  )
  return response.type === 'ok' ? { type: 'ok', value: parsePage(response.value, page) } : response
}

function parsePage({ text, answer }: GatewayResponse, page: number): Page {
  const body = asObject(answer['data'])
  const claimed = asInteger(body?.['total'])
  const total = claimed !== undefined && claimed >= 0 ? claimed : undefined
  const items = asArray(body?.['items'])
  const rowTexts = elementsAt(text, ['data', 'items']) ?? []
  // JSON may hold two lists under one name, of which the parser returns the last: then the rows are not those of the text.
  if (rowTexts.length !== items.length)
    return { rows: [], total, hasMore: false, contradiction: 'the rows of the list are ambiguous' }
  const rows = rowTexts.map((raw, i) => parseRow(raw, items[i]))
  const claimsMore = body?.['has_more'] === true || body?.['has_more'] === 'true'
  const more = rows.length > 0 && (claimsMore || (page + 1) * PAGE_SIZE < (total ?? 0))
  return {
    rows,
    total,
    hasMore: more,
    ...(claimsMore && rows.length === 0 ? { contradiction: 'the list says that there is more and shows nothing' } : {}),
  }
}

function parseRow(raw: string, item: Json | undefined): Row {
  const afterSale = asObject(asObject(item)?.['aftersale_info']) as ListCase | undefined
  return { raw, caseNumber: asId(afterSale?.aftersale_id), revision: asInstant(afterSale?.update_time) }
}
