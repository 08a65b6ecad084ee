import type { Facets } from '#after-sale'
import type { Channel, StoredMessage } from '../inbound'

/** One case at one revision, as every channel of the marketplace would report it. */
export interface CaseOnEveryChannel {
  readonly name: string
  readonly channels: Readonly<Partial<Record<Channel, StoredMessage>>>
}

/**
 * Aspects that the sample cases of a marketplace must cover together, so that every kind of contradiction is tested.
 */
export const ASPECTS = {
  'money that is paid': ({ money }) => money?.stage === 'refunded' || money?.stage === 'advanced',
  'money that is asked for': ({ money }) => money?.stage === 'asked',
  'a kind without money': ({ kind, money }) => kind?.kind === 'exchange' && money?.stage === 'none',
  'a parcel that comes back': ({ goods }) => goods?.parcels.some(({ direction }) => direction === 'back') === true,
  'goods that arrived': ({ goods }) => goods?.stage === 'delivered',
  flags: ({ flags }) => flags !== undefined && flags.length > 0,
  'a quantity': ({ order }) => order?.lines.some(({ quantity }) => quantity !== undefined) === true,
  'a deadline': ({ deadline }) => typeof deadline?.due === 'number',
  'a case that is over': ({ status }) => status?.outcome !== undefined,
  'a dispute': ({ dispute }) => dispute !== undefined && dispute.stage !== 'none',
} satisfies Readonly<Record<string, (facets: Partial<Facets>) => boolean>>

export type Aspect = keyof typeof ASPECTS
