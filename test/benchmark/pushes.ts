import { createHash } from 'node:crypto'
import { seededRandom } from './seeded-random'

/** The earliest time of an application, UTC ms. */
export const MORNING = Date.parse('2026-11-11T01:00:00Z')
const HOUR_MS = 3_600_000
/** All cases of one run are applied for within this time. */
export const APPLICATION_SPAN_MS = 12 * HOUR_MS

/** One message of Douyin in its wire format: an element of the array of a push body. */
export interface WirePush {
  readonly text: string
  readonly id: string
  readonly shop: string
  readonly caseNumber: string
  readonly arrivesAt: number
  /** Announces a change without details: opens no case. */
  readonly isAnnouncement: boolean
}

/** What happens to a case, push by push. */
interface CaseCourse {
  readonly weight: number
  readonly type: number
  /** Tag and status of each push, in order. */
  readonly steps: readonly (readonly [tag: string, status: number])[]
}

// The common courses, by their weight in percent.
const COURSES: readonly CaseCourse[] = [
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

const ANNOUNCEMENT_TAGS = new Set(['209'])
const REPEATED_SHARE = 0.08
const LATE_SHARE = 0.08

/**
 * `count` messages in order of arrival: about five per case, cases interleaved, some messages repeated
 * under another id, some later than their successors. Deterministic. Cases begin from `begins` on, UTC ms.
 */
export function generatePushes(count: number, shops: readonly string[], seed = 1, startAt = MORNING): WirePush[] {
  const chance = seededRandom(seed)
  const pushes: WirePush[] = []
  for (let n = 0; pushes.length < count; n++) {
    const course = pickCourse(chance.next())
    const shop = shops[Math.floor(chance.next() ** 2 * shops.length)] ?? ''
    const caseNumber = `7${String(seed).padStart(4, '0')}${String(n).padStart(14, '0')}`
    const applied = startAt + chance.integer(APPLICATION_SPAN_MS)
    const requestedFen = 500 + chance.integer(40_000)
    let at = applied
    for (const [step, [tag, status]] of course.steps.entries()) {
      const fen = tag === '208' ? Math.ceil(requestedFen / 2) : requestedFen
      const fields = { tag, status, type: course.type, shop, caseNumber, fen, applied, at }
      const text = (id: string): string => wireText({ ...fields, id })
      const isAnnouncement = ANNOUNCEMENT_TAGS.has(tag)
      const arrivesAt = at + (chance.next() < LATE_SHARE ? 2 * HOUR_MS : chance.integer(2_000))
      pushes.push({
        id: `${caseNumber}:${step}`,
        shop,
        caseNumber,
        arrivesAt,
        isAnnouncement,
        text: text(`${caseNumber}:${step}`),
      })
      if (chance.next() < REPEATED_SHARE)
        pushes.push({
          id: `${caseNumber}:${step}r`,
          shop,
          caseNumber,
          arrivesAt: arrivesAt + 60_000,
          isAnnouncement,
          text: text(`${caseNumber}:${step}r`),
        })
      at += 60_000 + chance.integer(2 * HOUR_MS)
    }
  }
  return pushes.sort((a, b) => a.arrivesAt - b.arrivesAt).slice(0, count)
}

function pickCourse(share: number): CaseCourse {
  let remainingWeight = share * COURSES.reduce((sum, { weight }) => sum + weight, 0)
  for (const course of COURSES) if ((remainingWeight -= course.weight) < 0) return course
  return COURSES[0] as CaseCourse
}

interface PushFields {
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

/** Ids in `data` are bare JSON numbers beyond 2^53, as Douyin sends them. */
function wireText({ tag, status, type, id, shop, caseNumber, fen, applied, at }: PushFields): string {
  const order = `48${caseNumber.slice(2)}`
  const ids = `"shop_id":${shop},"store_id":0,"aftersale_id":${caseNumber},"aftersale_status":${status},"aftersale_type":${type},"s_id":${order},"p_id":${order}`
  const amounts = `"refund_amount":${fen},"refund_post_amount":0,"refund_voucher_num":0`
  const data = ANNOUNCEMENT_TAGS.has(tag)
    ? `{${ids}}`
    : `{${amounts},${ids},"reason_code":${(fen % 9) + 1},"apply_time":${Math.floor(applied / 1000)},"update_time":"${toBeijingIso(at)}"}`
  return JSON.stringify({ tag, msg_id: id, data })
}

const toBeijingIso = (ms: number): string => new Date(ms + 8 * HOUR_MS).toISOString().replace(/\.\d{3}Z$/, '+08:00')

/** The headers of a push that this app has signed. */
export const signatureHeaders = (app: { appKey: string; appSecret: string }, body: Buffer): Record<string, string> => ({
  'content-type': 'application/json; charset=utf-8',
  'app-id': app.appKey,
  'event-sign': createHash('md5').update(app.appKey).update(body).update(app.appSecret).digest('hex'),
})
