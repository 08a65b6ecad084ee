import type {
  Answer,
  InboundMessage,
  WindowPass,
  CallFailure,
  StoreSession,
  CallContext,
  Window,
  PulledWindow,
} from '../../contract'
import { countAfterPass, isComplete, unnamedRowsContradiction } from '../../contract'
import { isAboutParameters } from './errors'
import type { Page } from './list-page'
import { ALL_STATUSES, PAGE_SIZE, readPage } from './list-page'
import { STATUS_MEANINGS } from '../statuses'

/** The platform's longest window. Whole seconds are sent, so ours is a second shorter. */
export const MAX_WINDOW_S = 1_800
/** The most passes over the pages of one query, until a pass sees exactly the rows that its pages claim. */
const MAX_PASSES = 5
/** Far more than a shop has in half an hour: a larger claim is a contradiction, and its pages are not read. */
const MAX_ROWS = 200_000
/** No further pass starts after this many pages: a window that claims very many rows is read again later. */
const MAX_PAGES = 2_500

/** What was read of one window so far, over pages, passes and statuses. */
interface WindowRows {
  readonly messages: Map<string, InboundMessage>
  readonly cases: Map<string, number>
  pages: number
  claimed: number | null
  seen: number
  contradiction?: string
}

/**
 * Every case that changed in the window. A row that changes while we page leaves the window and moves all behind it one
 * place forward, so pages are read from the last to the first: what moves forward is then still ahead of us. A pass that
 * did not show exactly what its pages claimed is repeated, up to five times; then the counts show the difference.
 */
export async function pull(window: Window, session: StoreSession, ctx: CallContext): Promise<Answer<PulledWindow>> {
  const seconds = Math.ceil(window.to / 1000) - Math.floor(window.from / 1000)
  if (seconds <= 0 || seconds > MAX_WINDOW_S)
    return { type: 'refused', code: 'window-length', text: `${seconds} s is not within 1 to ${MAX_WINDOW_S} s` }
  const rows: WindowRows = { messages: new Map(), cases: new Map(), pages: 0, claimed: 0, seen: 0 }
  const readStatus = (status: number) => readUntilComplete(rows, (page) => readPage(window, status, page, session, ctx))
  let failure = await readStatus(ALL_STATUSES)
  if (failure !== undefined && isAboutParameters(failure)) failure = await readByStatus(readStatus)
  return failure ?? { type: 'ok', value: toPulledWindow(rows, window) }
}

/** Where "all statuses" is no longer accepted, there is one query per status. */
async function readByStatus(
  readStatus: (status: number) => Promise<CallFailure | undefined>,
): Promise<CallFailure | undefined> {
  for (const status of STATUS_MEANINGS.keys()) {
    const failure = await readStatus(status)
    if (failure !== undefined) return failure
  }
  return undefined
}

type PageReader = (page: number) => Promise<Answer<Page>>

/** Reads the pages of one query, pass after pass, until a pass is complete; `undefined`: done, otherwise why it failed. */
async function readUntilComplete(rows: WindowRows, readPageNumber: PageReader): Promise<CallFailure | undefined> {
  const seenInAnyPass = new Set<string>()
  for (let attempt = 1; ; attempt++) {
    const answer = await readPass(rows, readPageNumber, seenInAnyPass)
    if (answer.type !== 'ok') return answer
    const count = countAfterPass(answer.value, seenInAnyPass)
    const isFinished = isComplete(count) || count.claimed === null || attempt === MAX_PASSES || rows.pages > MAX_PAGES
    if (!isFinished) continue
    const { claimed } = rows
    rows.claimed = claimed === null || count.claimed === null ? null : claimed + count.claimed
    rows.seen += count.seen
    if (count.contradiction !== undefined) rows.contradiction ??= count.contradiction
    return undefined
  }
}

/** Reads all pages once. Adds what it sees to `rows` and `seenInAnyPass`; the returned counts are those of this pass alone. */
async function readPass(
  rows: WindowRows,
  readPageNumber: PageReader,
  seenInAnyPass: Set<string>,
): Promise<Answer<WindowPass>> {
  const seenCases = new Set<string>()
  const unnamedRowKeys = new Set<string>()
  let claimed: number | null = 0
  let contradiction: string | undefined
  const readAndKeep = async (page: number): Promise<CallFailure | undefined> => {
    const answer = await readPageNumber(page)
    if (answer.type !== 'ok') return answer
    addPage(rows, answer.value, seenCases, unnamedRowKeys)
    const { total } = answer.value
    claimed = claimed === null || total === undefined ? null : Math.max(claimed, total)
    contradiction ??= answer.value.contradiction
    return undefined
  }
  let failure = await readAndKeep(1)
  const last = Math.ceil((claimed ?? 0) / PAGE_SIZE)
  if ((claimed ?? 0) > MAX_ROWS) contradiction ??= `the list claims ${claimed} rows`
  else if (last > 1) {
    // The first request only counts the pages; its rows may be gone when the pass ends.
    for (const name of seenCases) seenInAnyPass.add(name)
    seenCases.clear()
    for (let page = last; page >= 1 && failure === undefined && claimed !== null; page--)
      failure = await readAndKeep(page)
  }
  if (failure !== undefined) return failure
  for (const name of seenCases) seenInAnyPass.add(name)
  contradiction ??= unnamedRowsContradiction(unnamedRowKeys.size)
  return {
    type: 'ok',
    value: { claimedRows: claimed, seenCases, ...(contradiction === undefined ? {} : { contradiction }) },
  }
}

function addPage(rows: WindowRows, page: Page, seenCases: Set<string>, unnamedRowKeys: Set<string>): void {
  rows.pages++
  for (const { message, caseNumber, revision } of page.rows) {
    rows.messages.set(message.key, message)
    if (caseNumber === undefined) {
      unnamedRowKeys.add(message.key)
      continue
    }
    seenCases.add(caseNumber)
    rows.cases.set(caseNumber, Math.max(revision ?? 0, rows.cases.get(caseNumber) ?? 0))
  }
}

const toPulledWindow = (
  { messages, cases, pages, claimed, seen, contradiction }: WindowRows,
  window: Window,
): PulledWindow => ({
  messages: [...messages.values()],
  pages,
  claimed,
  seen,
  ...(contradiction === undefined ? {} : { contradiction }),
  // A row whose time cannot be read was still changed within the window.
  cases: [...cases].map(([caseNumber, revision]) => ({
    caseNumber,
    revision: revision === 0 ? window.from : revision,
  })),
})
