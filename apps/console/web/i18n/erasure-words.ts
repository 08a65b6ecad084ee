import type { components, Term } from '../api/schema'

export type ErasureRequestReason = components['schemas']['ErasureRequestReason']

/** Why a buyer is erased. */
export const ERASURE_REQUEST_REASONS: Readonly<Record<ErasureRequestReason, Term>> = {
  'buyer-asked': { zh: '买家要求', en: 'The buyer asked for it' },
  'authority-asked': { zh: '主管部门要求', en: 'An authority asked for it' },
  'no-longer-needed': { zh: '不再需要', en: 'It is no longer needed' },
}
