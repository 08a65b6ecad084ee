import type { AfterSaleCase, ErasureReason } from '#after-sale'
import type { Ledger } from '#ledgers'
import { insertErasure, lockErasureRequests } from '#ledgers'
import type { BuyerOpening } from '../ports'
import { previewErasure } from './preview-erasure'

/** Finds the cases of an organisation by the keyed hashes of a phone number; implemented by `read-models`. */
export type CasesWithPhone = (ledger: Ledger, org: number, hashes: readonly string[]) => Promise<string[]>

/** Fewer digits, or a number of which the marketplace hides a part, are those of many people. */
const MIN_DIGITS = 8
const isWhole = (phone: string): boolean => !phone.includes('*') && phone.replace(/\D/g, '').length >= MIN_DIGITS

/**
 * The cases of the buyer of one case: all with the same phone number, in every store of the organisation. A name alone is no person,
 * so without a whole number it is that case only. `undefined`: there is no such case. @throws what opening the buyer throws
 */
export async function casesOfSameBuyer(
  ledger: Ledger,
  { opening, casesWithPhone }: { readonly opening: BuyerOpening; readonly casesWithPhone: CasesWithPhone },
  org: number,
  caseId: string,
): Promise<readonly string[] | undefined> {
  const [row] = await ledger.query<{ state: AfterSaleCase }[]>('SELECT state FROM stream WHERE id = $1 AND org = $2', [
    caseId,
    org,
  ])
  if (row === undefined) return undefined
  const { buyer } = row.state
  const phone = buyer === undefined ? undefined : opening.openBuyer(org, caseId, buyer).phone
  if (phone === undefined || !isWhole(phone)) return [caseId]
  const others = await casesWithPhone(ledger, org, opening.phoneFingerprints(org, phone))
  return [...new Set([caseId, ...others])]
}

export interface ErasureRequest {
  readonly org: number
  /** As the preview listed them. */
  readonly cases: readonly string[]
  readonly why: ErasureReason
  /** A person's login; null: the retention of the store. */
  readonly by: string | null
  /** A person confirmed that evidence of cases that are still open will be lost. */
  readonly withOpen: boolean
  /** The requester's own id of the request. */
  readonly requestId?: string
  readonly now: number
}

export type ErasureAnswer =
  | { readonly type: 'requested'; readonly erasure: number; readonly cases: number }
  /** Nothing is left to erase. */
  | { readonly type: 'nothing' }
  | { readonly type: 'refused'; readonly because: 'open' | 'action-under-way'; readonly cases: readonly string[] }

/** Enters a request, in the caller's transaction. It is carried out by the workers, who judge each case again. */
export async function requestErasure(ledger: Ledger, request: ErasureRequest): Promise<ErasureAnswer> {
  const { org, cases: ids, why, by, withOpen, requestId, now } = request
  await lockErasureRequests(ledger, org)
  const { cases } = await previewErasure(ledger, org, ids)
  if (cases.length === 0) return { type: 'nothing' }
  const busy = cases.filter(({ obstacle }) => obstacle === 'action-under-way')
  const open = withOpen ? [] : cases.filter(({ isOpen }) => isOpen)
  const because = busy.length > 0 ? 'action-under-way' : 'open'
  const refused = busy.length > 0 ? busy : open
  if (refused.length > 0) return { type: 'refused', because, cases: refused.map(({ id }) => id) }
  const asked = { org, why, requestedBy: by, requestedAt: now, withOpen, cases }
  const erasure = await insertErasure(ledger, requestId === undefined ? asked : { ...asked, requestId })
  return { type: 'requested', erasure, cases: cases.length }
}
