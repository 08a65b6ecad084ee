import type { components, Term } from '../api/schema'

export type RevealReason = components['schemas']['RevealReason']

const term = (zh: string, en: string): Term => ({ zh, en })

/** Why a person has to see a buyer's name or phone. */
export const REVEAL_REASONS: Readonly<Record<RevealReason, Term>> = {
  'call-the-buyer': term('联系买家', 'To call the buyer'),
  'check-identity': term('核对买家身份', 'To check who it is'),
  'check-a-parcel': term('核对包裹', 'To check a parcel'),
  'transfer-money': term('打款', 'To transfer money'),
  'asked-by-authorities': term('监管或司法要求', 'Asked for by authorities'),
}
