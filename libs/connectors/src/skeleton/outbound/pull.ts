import { createHash } from 'node:crypto'
import type { Instant } from '#after-sale'
import type { Answer, CallContext, InboundMessage, StoreSession, Window, PulledWindow } from '../../contract'
import {
  asArray,
  asId,
  asInteger,
  asObject,
  countAfterPass,
  elementsAt,
  asInstant,
  unnamedRowsContradiction,
} from '../../contract'
import type { SkeletonCase } from '../wire'
import { call } from './call'

/** The largest page that the marketplace serves. */
const PAGE_SIZE = 100
/** A list with more pages is contradictory: the window is read again later. */
const MAX_PAGES = 500

/**
 * Every case that changed in the window. Pages are read by a cursor that follows the cases, so none is skipped while
 * rows move. The total on the last page is the marketplace's own count.
 */
export async function pull(window: Window, session: StoreSession, ctx: CallContext): Promise<Answer<PulledWindow>> {
  const [from, to] = [Math.floor(window.from / 1000), Math.ceil(window.to / 1000)]
  const messages: InboundMessage[] = []
  const revisions = new Map<string, Instant>()
  let [claimed, cursor, unnamed]: [number | null, string | undefined, number] = [0, '', 0]
  let pages = 0
  while (cursor !== undefined && pages < MAX_PAGES) {
    const answer = await call(
      { method: 'skeleton.case.list', params: { from, to, cursor, size: PAGE_SIZE } },
      session,
      ctx,
    )
    if (answer.type !== 'ok') return answer
    const { data, text } = answer.value
    const rowTexts = elementsAt(text, ['data', 'cases']) ?? []
    asArray(data['cases']).forEach((row, index) => {
      const { skeleton_case_id, updated_at }: SkeletonCase = asObject(row) ?? {}
      const caseNumber = asId(skeleton_case_id)
      if (caseNumber === undefined) unnamed++
      else revisions.set(caseNumber, asInstant(updated_at) ?? window.from)
      messages.push(rowMessage(rowTexts[index] ?? ''))
    })
    claimed = asInteger(data['total']) ?? null
    cursor = typeof data['next'] === 'string' && data['next'] !== '' ? data['next'] : undefined
    pages++
  }
  const contradiction = cursor === undefined ? unnamedRowsContradiction(unnamed) : `more than ${MAX_PAGES} pages`
  const seenCases = new Set(revisions.keys())
  const count = countAfterPass(
    { claimedRows: claimed, seenCases, ...(contradiction === undefined ? {} : { contradiction }) },
    seenCases,
  )
  const cases = [...revisions].map(([caseNumber, revision]) => ({ caseNumber, revision }))
  return { type: 'ok', value: { messages, pages, cases, ...count } }
}

const rowMessage = (raw: string): InboundMessage => ({
  channel: 'list',
  key: createHash('sha256').update(raw).digest('hex'),
  shop: undefined,
  raw,
})
