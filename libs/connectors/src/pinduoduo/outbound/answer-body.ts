import { isUtf8 } from 'node:buffer'
import { decoded } from '../../contract'

export const ANSWER_BYTES = 8 * 1024 * 1024

/** The body as text, or why it cannot be one. Reads no further than the limit. */
export async function bodyOf(response: Response): Promise<{ readonly text: string } | { readonly why: string }> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (response.body !== null) {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      // Leaving the loop cancels the stream and with it the transfer.
      if (size > ANSWER_BYTES) return { why: `an answer of more than ${ANSWER_BYTES} bytes` }
      chunks.push(chunk)
    }
  }
  const bytes = Buffer.concat(chunks)
  return isUtf8(bytes) ? { text: decoded(bytes) } : { why: 'an answer that is not UTF-8' }
}
