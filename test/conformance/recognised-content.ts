import type { Channel } from '#connectors'

/** One message found in a file: its exact text, and the channel on which it would arrive. */
export interface FoundMessage {
  readonly channel: Channel
  readonly raw: string
}

/** The content of a file: messages for the connector, or something that marketplaces do not send to us. */
export type RecognisedContent =
  | { readonly type: 'messages'; readonly what: string; readonly foundMessages: readonly FoundMessage[] }
  | { readonly type: 'irrelevant'; readonly why: string }

export const recognisedMessages = (what: string, channel: Channel, raws: readonly string[]): RecognisedContent => ({
  type: 'messages',
  what,
  foundMessages: raws.map((raw) => ({ channel, raw })),
})

export const irrelevantContent = (why: string): RecognisedContent => ({ type: 'irrelevant', why })
