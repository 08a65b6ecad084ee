import type { AfterSaleCase } from '#after-sale'
import { isFinal } from '#after-sale'
import type { Ledger } from '#ledgers'
import { casesToErase, requestedErasures } from '#ledgers'
import type { ErasureObstacle } from './erase-case'
import { obstacleTo } from './erase-case'

/** One case that an erasure would cover. */
export interface ErasableCase {
  readonly id: string
  readonly store: number
  readonly caseNumber: string
  readonly isOpen: boolean
  /** `undefined`: none, where open cases are confirmed. */
  readonly obstacle: ErasureObstacle | undefined
}

/** What an erasure would cover. */
export interface ErasurePreview {
  readonly cases: readonly ErasableCase[]
  /** Messages that changed these cases. More may name them. */
  readonly messages: number
  readonly pieces: number
}

/** Cases that are read at once: their states are large. */
const PAGE = 500

/** Read without locks: what is carried out is judged again. Cases that are erased or to be erased already are not in it. */
export async function previewErasure(ledger: Ledger, org: number, ids: readonly string[]): Promise<ErasurePreview> {
  const known = await requestedErasures(ledger, ids)
  const cases: ErasableCase[] = []
  let messages = 0
  let pieces = 0
  const wanted = ids.filter((id) => !known.has(id))
  for (let from = 0; from < wanted.length; from += PAGE) {
    const page = await previewPage(ledger, org, wanted.slice(from, from + PAGE))
    cases.push(...page.cases)
    messages += page.messages
    pieces += page.pieces
  }
  return { cases, messages, pieces }
}

/** Those cases of a request that hold its erasure up now: an action that is not settled, or one that is open and was not confirmed. */
export async function casesHoldingUp(
  ledger: Ledger,
  org: number,
  { id, withOpen }: { readonly id: number; readonly withOpen: boolean },
): Promise<readonly ErasableCase[]> {
  const left = await casesToErase(ledger, id, BEFORE_ALL, PAGE)
  const { cases } = await previewPage(ledger, org, left)
  return cases.filter(({ isOpen, obstacle }) => obstacle !== undefined || (isOpen && !withOpen))
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

async function previewPage(ledger: Ledger, org: number, ids: readonly string[]): Promise<ErasurePreview> {
  const rows = await ledger.query<{ id: string; store: number; state: AfterSaleCase }[]>(
    'SELECT id, store, state FROM stream WHERE org = $1 AND id = ANY($2::uuid[]) ORDER BY id',
    [org, ids],
  )
  const [counts] = await ledger.query<{ messages: number; pieces: number }[]>(
    `SELECT (SELECT count(DISTINCT message_id)::int FROM event WHERE stream = ANY($1::uuid[])) AS messages,
       (SELECT count(*)::int FROM evidence_piece WHERE stream = ANY($1::uuid[])) AS pieces`,
    [rows.map(({ id }) => id)],
  )
  return {
    cases: rows.map(({ id, store, state }) => ({
      id,
      store,
      caseNumber: state.caseNumber,
      isOpen: !isFinal(state),
      obstacle: obstacleTo(state, true),
    })),
    messages: counts?.messages ?? 0,
    pieces: counts?.pieces ?? 0,
  }
}
