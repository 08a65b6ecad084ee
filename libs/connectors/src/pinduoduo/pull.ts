import type { Answer, InboundMessage, Refused, StoreSession, Surroundings, Window, WindowRead } from '../contract'
import { isAboutParameters } from './errors'
import type { Page } from './list-page'
import { ALL_STATUSES, PAGE_SIZE, readPage } from './list-page'
import { STATUS_WORDS } from './statuses'

/** The platform's longest window (facts A3). Whole seconds are sent, so ours is a second shorter. */
export const LONGEST_WINDOW_S = 1_800
const MOST_PASSES = 5
const MOST_ROWS = 200_000

/** What was gathered of one window, over pages, passes and statuses. */
interface Gathered {
  readonly messages: Map<string, InboundMessage>
  readonly cases: Map<string, number>
  pages: number
  claimed: number
}

/**
 * Every case that changed in the window. A row that changes while we page leaves the window and moves all behind it one
 * place forward, so pages are read from the last to the first: what moves forward is then still ahead of us. A pass in
 * which the count rose or rows are missing is made again.
 */
export async function pull(window: Window, session: StoreSession, around: Surroundings): Promise<Answer<WindowRead>> {
  const seconds = Math.ceil(window.to / 1000) - Math.floor(window.from / 1000)
  if (seconds <= 0 || seconds > LONGEST_WINDOW_S)
    return { type: 'refused', code: 'window-length', text: `${seconds} s is not within 1 to ${LONGEST_WINDOW_S} s` }
  const gathered: Gathered = { messages: new Map(), cases: new Map(), pages: 0, claimed: 0 }
  const read = (status: number) => gather(gathered, (page) => readPage(window, status, page, session, around))
  let refused = await read(ALL_STATUSES)
  if (refused !== undefined && isAboutParameters(refused)) refused = await readByStatus(read)
  return refused ?? { type: 'ok', value: windowRead(gathered, window) }
}

/** Where "all statuses" is not taken any more, every status is asked for by itself. */
async function readByStatus(read: (status: number) => Promise<Refused | undefined>): Promise<Refused | undefined> {
  for (const status of STATUS_WORDS.keys()) {
    const refused = await read(status)
    if (refused !== undefined) return refused
  }
  return undefined
}

type PageReader = (page: number) => Promise<Answer<Page>>

/** Passes over the pages of one question until one is whole, `undefined` when done. */
async function gather(gathered: Gathered, readOne: PageReader): Promise<Refused | undefined> {
  const claimedBefore = gathered.claimed
  for (let attempt = 0; attempt < MOST_PASSES; attempt++) {
    const pass = await passOver(gathered, readOne)
    if (pass.type !== 'ok') return pass
    gathered.claimed = claimedBefore + pass.value.claimed
    if (pass.value.whole) return undefined
  }
  return undefined
}

interface Pass {
  readonly claimed: number
  readonly whole: boolean
}

async function passOver(gathered: Gathered, readOne: PageReader): Promise<Answer<Pass>> {
  const seen = new Set<string>()
  let claimed = Infinity
  let rose = false
  const take = async (page: number): Promise<Refused | Page> => {
    const answer = await readOne(page)
    if (answer.type !== 'ok') return answer
    keep(gathered, answer.value, seen)
    rose ||= answer.value.total > claimed
    claimed = answer.value.total
    return answer.value
  }
  const first = await take(1)
  if (isRefused(first)) return first
  if (first.total > MOST_ROWS) return { type: 'unknown', why: `a total_count of ${first.total}` }
  const last = Math.ceil(first.total / PAGE_SIZE)
  // The first look only told how many pages there are; what it saw may be gone when the pass ends.
  if (last > 1) seen.clear()
  for (let page = last; page >= 1 && last > 1; page--) {
    const answer = await take(page)
    if (isRefused(answer)) return answer
  }
  return { type: 'ok', value: { claimed, whole: !rose && seen.size >= claimed } }
}

const isRefused = (answer: Refused | Page): answer is Refused => 'type' in answer

function keep(gathered: Gathered, page: Page, seen: Set<string>): void {
  gathered.pages++
  for (const { message, caseNumber, revision } of page.rows) {
    gathered.messages.set(message.key, message)
    seen.add(caseNumber ?? message.key)
    if (caseNumber === undefined) continue
    gathered.cases.set(caseNumber, Math.max(revision ?? 0, gathered.cases.get(caseNumber) ?? 0))
  }
}

function windowRead({ messages, cases, pages, claimed }: Gathered, window: Window): WindowRead {
  const unreadable = [...messages.keys()].filter((key) => key.startsWith('unreadable:')).length
  return {
    messages: [...messages.values()],
    pages,
    claimed,
    seen: cases.size + unreadable,
    // A row whose time cannot be read was still changed within the window.
    cases: [...cases].map(([caseNumber, revision]) => ({
      caseNumber,
      revision: revision === 0 ? window.from : revision,
    })),
  }
}
