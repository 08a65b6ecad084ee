import { createHash } from 'node:crypto'
import { chanceOf } from './chance'

/** The time of the first application, UTC ms. */
export const MORNING = Date.parse('2026-11-11T01:00:00Z')
const HOURS = 3_600_000
/** All cases of one run begin within this time. */
export const SPAN = 12 * HOURS

/** One message of Douyin as it comes over the wire: an element of the array of a push body. */
export interface WirePush {
  readonly text: string
  readonly id: string
  readonly shop: string
  readonly caseNumber: string
  readonly arrives: number
  /** Says only that something happened: opens no case. */
  readonly hint: boolean
}

interface Course {
  readonly weight: number
  readonly type: number
  /** Tag and status, one after the other; an empty status belongs to a push that only hints. */
  readonly steps: readonly (readonly [tag: string, status: number])[]
}

// What buyers and merchants mostly do. Facts B5 and B6 have the numbers.
const COURSES: readonly Course[] = [
  {
    weight: 35,
    type: 0,
    steps: [
      ['200', 6],
      ['202', 7],
      ['203', 11],
      ['209', 11],
      ['201', 12],
      ['206', 12],
    ],
  },
  {
    weight: 20,
    type: 1,
    steps: [
      ['200', 6],
      ['208', 6],
      ['201', 12],
      ['206', 12],
    ],
  },
  {
    weight: 15,
    type: 1,
    steps: [
      ['200', 6],
      ['204', 27],
      ['208', 6],
      ['201', 12],
      ['206', 12],
    ],
  },
  {
    weight: 15,
    type: 2,
    steps: [
      ['200', 6],
      ['201', 12],
      ['206', 12],
    ],
  },
  {
    weight: 10,
    type: 3,
    steps: [
      ['200', 6],
      ['202', 7],
      ['203', 11],
      ['211', 8],
      ['211', 13],
    ],
  },
  {
    weight: 5,
    type: 0,
    steps: [
      ['200', 6],
      ['202', 7],
      ['207', 51],
    ],
  },
]

const HINTS = new Set(['209'])
const REPEATED = 0.08
const LATE = 0.08

/**
 * About `count` messages in the order in which they arrive: some five a case, cases side by side, some messages twice
 * under another id, some after their successors. Equal for equal arguments. The first case begins at `begins`, UTC ms.
 */
export function pushesOf(count: number, shops: readonly string[], seed = 1, begins = MORNING): WirePush[] {
  const chance = chanceOf(seed)
  const pushes: WirePush[] = []
  for (let n = 0; pushes.length < count; n++) {
    const course = courseOf(chance.next())
    const shop = shops[Math.floor(chance.next() ** 2 * shops.length)] ?? ''
    const caseNumber = `7${String(seed).padStart(4, '0')}${String(n).padStart(14, '0')}`
    const applied = begins + chance.whole(SPAN)
    const asked = 500 + chance.whole(40_000)
    let at = applied
    for (const [step, [tag, status]] of course.steps.entries()) {
      const fen = tag === '208' ? Math.ceil(asked / 2) : asked
      const told = { tag, status, type: course.type, shop, caseNumber, fen, applied, at }
      const text = (id: string): string => wireText({ ...told, id })
      const hint = HINTS.has(tag)
      const arrives = at + (chance.next() < LATE ? 2 * HOURS : chance.whole(2_000))
      pushes.push({ id: `${caseNumber}:${step}`, shop, caseNumber, arrives, hint, text: text(`${caseNumber}:${step}`) })
      if (chance.next() < REPEATED)
        pushes.push({
          id: `${caseNumber}:${step}r`,
          shop,
          caseNumber,
          arrives: arrives + 60_000,
          hint,
          text: text(`${caseNumber}:${step}r`),
        })
      at += 60_000 + chance.whole(2 * HOURS)
    }
  }
  return pushes.sort((a, b) => a.arrives - b.arrives).slice(0, count)
}

function courseOf(share: number): Course {
  let left = share * COURSES.reduce((sum, { weight }) => sum + weight, 0)
  for (const course of COURSES) if ((left -= course.weight) < 0) return course
  return COURSES[0] as Course
}

interface Told {
  readonly tag: string
  readonly status: number
  readonly type: number
  readonly id: string
  readonly shop: string
  readonly caseNumber: string
  readonly fen: number
  readonly applied: number
  readonly at: number
}

/** Ids in `data` are bare numbers beyond 2^53, as they are there. */
function wireText({ tag, status, type, id, shop, caseNumber, fen, applied, at }: Told): string {
  const order = `48${caseNumber.slice(2)}`
  const place = `"shop_id":${shop},"store_id":0,"aftersale_id":${caseNumber},"aftersale_status":${status},"aftersale_type":${type},"s_id":${order},"p_id":${order}`
  const amounts = `"refund_amount":${fen},"refund_post_amount":0,"refund_voucher_num":0`
  const data = HINTS.has(tag)
    ? `{${place}}`
    : `{${amounts},${place},"reason_code":${(fen % 9) + 1},"apply_time":${Math.floor(applied / 1000)},"update_time":"${isoOf(at)}"}`
  return JSON.stringify({ tag, msg_id: id, data })
}

const isoOf = (ms: number): string => new Date(ms + 8 * HOURS).toISOString().replace(/\.\d{3}Z$/, '+08:00')

/** The headers of a genuine push. */
export const signed = (app: { appKey: string; appSecret: string }, body: Buffer): Record<string, string> => ({
  'content-type': 'application/json; charset=utf-8',
  'app-id': app.appKey,
  'event-sign': createHash('md5').update(app.appKey).update(body).update(app.appSecret).digest('hex'),
})
