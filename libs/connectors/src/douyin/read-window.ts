import type { Answer, Json, StoreSession, Surroundings, Window, WindowRead } from '../contract'
import { asArray, asId, asInteger, asObject, elementsAt, instantOfSeconds } from '../contract'
import type { Page, Row } from './findings'
import { Findings } from './findings'
import type { Said } from './gateway'
import { call } from './gateway'
import { listLimits } from './limits'
import type { ListCase } from './wire'

const PAGE_SIZE = 100
/** `page * size` ≤ 50,000 (facts B3). */
const LAST_PAGE = 50_000 / PAGE_SIZE
/** Passes over the pages of one place until one finds nothing new. */
const MOST_PASSES = 6

/**
 * Every case changed in the window. Rows move to the end whenever a case changes, and the rows behind them move up, so
 * page numbers slide over rows (facts B3, E4). Therefore not the page is counted up but the window's start moved on to
 * the last row's second, which is read again from its first row. Page numbers are used only where one second fills a
 * page, or where the order is not as asked for; those pages are read until a pass finds no further case.
 */
export async function readWindow(
  window: Window,
  session: StoreSession,
  around: Surroundings,
): Promise<Answer<WindowRead>> {
  const end = Math.ceil(window.to / 1000)
  const findings = new Findings()
  const read = async (start: number, page: number): Promise<Answer<Page>> => {
    const answer = await readPage({ start, end, page }, session, around)
    if (answer.type === 'ok') findings.add(answer.value, start * 1000)
    return answer
  }
  for (let start: number | undefined = Math.floor(window.from / 1000); start !== undefined;) {
    const place = await readPlace(start, read, findings)
    if (place.type !== 'ok') return place
    start = place.value
  }
  return { type: 'ok', value: findings.read() }
}

/** Reads on from one second; answers the second to go on from, or nothing at the end. */
async function readPlace(
  start: number,
  read: (start: number, page: number) => Promise<Answer<Page>>,
  findings: Findings,
): Promise<Answer<number | undefined>> {
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const before = findings.seen
    for (let page = 0; ; page++) {
      if (page === LAST_PAGE) return { type: 'unknown', why: 'more rows in one place than the platform shows' }
      const answer = await read(start, page)
      if (answer.type !== 'ok') return answer
      const { rows, more } = answer.value
      const next = more ? continuation(rows, start) : undefined
      if (more && next === undefined) continue
      const wholeAtOnce = page === 0
      const nothingNew = pass > 1 && findings.seen === before
      if (wholeAtOnce || nothingNew) return { type: 'ok', value: next }
      break
    }
  }
  return { type: 'unknown', why: 'the rows of one place did not come to rest' }
}

/** The second to go on from, or `undefined` where the start cannot be moved on. */
function continuation(rows: readonly Row[], start: number): number | undefined {
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
  around: Surroundings,
): Promise<Answer<Page>> {
  const params = {
    order_by: ['update_time asc'],
    page,
    size: PAGE_SIZE,
    update_start_time: start,
    update_end_time: end,
  }
  const { accessToken } = session
  const said = await call(
    { method: 'afterSale.List', params, limits: listLimits(session), accessToken },
    session,
    around,
  )
  if (said.type !== 'ok') return said
  const read = pageOf(said.value, page)
  return read === undefined ? { type: 'unknown', why: 'a list without readable rows' } : { type: 'ok', value: read }
}

function pageOf({ text, answer }: Said, page: number): Page | undefined {
  const body = asObject(answer['data'])
  const total = asInteger(body?.['total'])
  if (body === undefined || total === undefined) return undefined
  const items = asArray(body['items'])
  const raws = items.length === 0 ? [] : elementsAt(text, ['data', 'items'])
  if (raws?.length !== items.length) return undefined
  const rows = raws.map((raw, i) => rowOf(raw, items[i]))
  const claimsMore = body['has_more'] === true || body['has_more'] === 'true'
  return { rows, total, more: rows.length > 0 && (claimsMore || (page + 1) * PAGE_SIZE < total) }
}

function rowOf(raw: string, item: Json | undefined): Row {
  const told = asObject(asObject(item)?.['aftersale_info']) as ListCase | undefined
  return { raw, caseNumber: asId(told?.aftersale_id), revision: instantOfSeconds(told?.update_time) }
}
