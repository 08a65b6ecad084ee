import type { Channel } from '#connectors'

/** One message found in a file: its exact text, and the channel on which it would arrive. */
export interface Piece {
  readonly channel: Channel
  readonly raw: string
}

/** The content of a file: messages for the connector, or something that marketplaces do not send to us. */
export type Recognised =
  | { readonly type: 'messages'; readonly what: string; readonly pieces: readonly Piece[] }
  | { readonly type: 'irrelevant'; readonly why: string }

export const messages = (what: string, channel: Channel, raws: readonly string[]): Recognised => ({
  type: 'messages',
  what,
  pieces: raws.map((raw) => ({ channel, raw })),
})

export const irrelevant = (why: string): Recognised => ({ type: 'irrelevant', why })
