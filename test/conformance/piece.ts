import type { Channel } from '#connectors'

/** One message found in a file, with its exact text, and the door it would have come through. */
export interface Piece {
  readonly channel: Channel
  readonly raw: string
}

/** What a file is: messages for the connector, or something that no marketplace ever sends us. */
export type Recognised =
  | { readonly type: 'messages'; readonly what: string; readonly pieces: readonly Piece[] }
  | { readonly type: 'irrelevant'; readonly why: string }

export const messages = (what: string, channel: Channel, raws: readonly string[]): Recognised => ({
  type: 'messages',
  what,
  pieces: raws.map((raw) => ({ channel, raw })),
})

export const irrelevant = (why: string): Recognised => ({ type: 'irrelevant', why })
