import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StoreSession, CallContext, PulledWindow } from '../../contract'
import { outbound } from '.'
import { STATUS_MEANINGS } from '../statuses'

interface Row {
  readonly id: number
  readonly updated: number
  readonly status?: number
}
interface Question {
  readonly page: number
  readonly page_size: number
  readonly after_sales_status: number
  readonly after_sales_type: number
  readonly start_updated_at: number
  readonly end_updated_at: number
}

const WINDOW_END = Date.parse('2026-03-05T12:00:00+08:00')
const WINDOW = { from: WINDOW_END - 1_799_000, to: WINDOW_END }
/** The platform's rows, and what it does right before it answers a page. */
let rows: Row[]
let beforeAnswer: (page: number, call: number) => void
let refuse: (question: Question) => object | undefined
let questions: Question[]
/** Rows that are counted and not shown. */
let unseen: number
let server: Server
let session: StoreSession

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () =>
      response.end(JSON.stringify(answerTo(JSON.parse(Buffer.concat(chunks).toString()) as Question))),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/router`
  session = { appKey: 'c', appSecret: 's', shop: '86', accessToken: 'a', refreshToken: 'r', endpoints: { api } }
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  questions = []
  unseen = 0
  beforeAnswer = () => undefined
  refuse = () => undefined
})

function answerTo(question: Question): object {
  questions.push(question)
  beforeAnswer(question.page, questions.length)
  const refused = refuse(question)
  if (refused !== undefined) return { error_response: refused }
  const { start_updated_at: start, end_updated_at: end, after_sales_status: status, page, page_size: size } = question
  const found = rows
    .filter(({ updated }) => updated >= start && updated <= end)
    .filter((row) => status === 1 || row.status === status)
    .sort((a, b) => a.updated - b.updated || a.id - b.id)
  const refund_list = found
    .slice((page - 1) * size, page * size)
    .map(({ id, updated }) => ({ id, order_sn: `o-${id}`, updated_time: String(updated) }))
  return { refund_increment_get_response: { refund_list, total_count: found.length + unseen } }
}

const ctx = (): CallContext => ({
  now: () => WINDOW_END,
  signal: new AbortController().signal,
  rateLimiter: { admit: () => Promise.resolve(), hold: () => undefined },
})
const makeRows = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, updated: WINDOW.from / 1000 + i + 1 }))
async function pull(window = WINDOW): Promise<PulledWindow> {
  const read = await outbound.pull(window, session, ctx())
  if (read.type !== 'ok') throw new Error(JSON.stringify(read))
  return read.value
}
const caseNumbersIn = (read: PulledWindow): number[] =>
  read.cases.map(({ caseNumber }) => Number(caseNumber)).sort((a, b) => a - b)
const idsUpTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

test('a window longer than thirty minutes is not asked for, one of full length is asked in whole seconds', async () => {
  rows = makeRows(2)
  const { windowMs = Infinity } = outbound.pulling ?? {}
  expect(windowMs).toBeLessThanOrEqual(30 * 60_000)
  expect(await outbound.pull({ from: WINDOW_END - 1_800_001, to: WINDOW_END }, session, ctx())).toMatchObject({
    type: 'refused',
    code: 'window-length',
  })
  expect(questions).toEqual([])
  await pull({ from: WINDOW_END - windowMs + 500, to: WINDOW_END + 500 })
  expect(questions[0]).toMatchObject({
    after_sales_status: 1,
    after_sales_type: 1,
    start_updated_at: WINDOW_END / 1000 - 1799,
    end_updated_at: WINDOW_END / 1000 + 1,
    page: 1,
    page_size: 100,
  })
})

test('pages are read from the last to the first, each row once', async () => {
  rows = makeRows(250)
  const read = await pull()
  expect(questions.map(({ page }) => page)).toEqual([1, 3, 2, 1])
  expect(caseNumbersIn(read)).toEqual(idsUpTo(250))
  expect(read).toMatchObject({ pages: 4, claimed: 250, seen: 250 })
  expect(read.messages).toHaveLength(250)
  expect(read.messages[0]).toMatchObject({ channel: 'list', shop: undefined })
  expect(read.messages.find(({ raw }) => raw.includes('"o-250"'))?.raw).toBe(
    `{"id":250,"order_sn":"o-250","updated_time":"${WINDOW.from / 1000 + 250}"}`,
  )
})

test('rows that leave the window while its pages are read hide no other row', async () => {
  rows = makeRows(250)
  beforeAnswer = (_, call) => {
    if (call === 3) rows = rows.map((row) => (row.id % 40 === 0 ? { ...row, updated: WINDOW_END / 1000 + 60 } : row))
  }
  const read = await pull()
  const left = idsUpTo(250).filter((id) => id % 40 === 0 && id <= 200)
  expect(
    idsUpTo(250)
      .filter((id) => !caseNumbersIn(read).includes(id))
      .every((id) => left.includes(id)),
  ).toBe(true)
  expect(caseNumbersIn(read)).toEqual(expect.arrayContaining(idsUpTo(250).filter((id) => id % 40 !== 0)))
  expect(read.seen).toBe(read.claimed)
})

test('rows that enter the window while its pages are read are read as well', async () => {
  rows = makeRows(150)
  beforeAnswer = (_, call) => {
    if (call === 3) rows = [...rows, { id: 900, updated: WINDOW.from / 1000 }]
  }
  const read = await pull()
  expect(caseNumbersIn(read)).toEqual([...idsUpTo(150), 900])
  expect(read).toMatchObject({ pages: 3, claimed: 151, seen: 151 })
})

test('an empty window is one call and proves itself empty', async () => {
  rows = []
  expect(await pull()).toEqual({ messages: [], pages: 1, claimed: 0, seen: 0, cases: [] })
})

test('a platform that counts a row which it never shows is reported as seen, not as complete', async () => {
  rows = makeRows(3)
  unseen = 1
  expect(await pull()).toMatchObject({ pages: 5, claimed: 4, seen: 3 })
})

test('an overlapping window repeats the same message keys', async () => {
  rows = makeRows(3)
  const first = await pull()
  const second = await pull({ from: WINDOW.from - 60_000, to: WINDOW.to - 60_000 })
  expect(second.messages.map(({ key }) => key)).toEqual(first.messages.map(({ key }) => key))
  rows = rows.map((row) => ({ ...row, updated: row.updated + 5 }))
  const changed = await pull()
  expect(changed.messages.some(({ key }) => first.messages.some((known) => known.key === key))).toBe(false)
})

test('where "all statuses" is refused there is one query per status', async () => {
  rows = [
    { id: 1, updated: WINDOW.from / 1000 + 1, status: 2 },
    { id: 2, updated: WINDOW.from / 1000 + 2, status: 33 },
  ]
  refuse = ({ after_sales_status }) =>
    after_sales_status === 1 ? { error_code: 21001, error_msg: '业务参数错误' } : undefined
  const read = await pull()
  expect(caseNumbersIn(read)).toEqual([1, 2])
  expect(read).toMatchObject({ claimed: 2, seen: 2 })
  expect(questions.map(({ after_sales_status: status }) => status)).toEqual([1, ...STATUS_MEANINGS.keys()])
})

test('a refusal in the middle of a window returns no partial window', async () => {
  rows = makeRows(250)
  refuse = ({ page }) => (page === 2 ? { error_code: 10019, error_msg: 'expired' } : undefined)
  expect(await outbound.pull(WINDOW, session, ctx())).toEqual({ type: 'token-expired' })
})
