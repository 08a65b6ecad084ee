import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { BodyAccount } from './body-budget'

/** Why a body was not read to its end. */
export type BodyFailure = 'too-large' | 'no-room' | 'cut' | 'not-taken'

export interface BodyLimits {
  /** The largest body of any kind. */
  readonly maxBytes: number
  readonly account: BodyAccount
  /**
   * `false`: the bytes are counted and discarded, at about the cost of checking a signature over them, so that timing
   * reveals nothing.
   */
  readonly keep: boolean
  /**
   * How many bytes a body with this beginning may have; `undefined`: none, it is refused. Called once, with at least 32
   * bytes.
   */
  readonly maxBytesOf?: (head: Buffer) => number | undefined
}

/** How much of a body `maxBytesOf` gets to decide by. */
const HEAD_BYTES = 32

/** The bytes of a body as they were sent, or why they could not be read. After a failure the stream is left paused. */
export function readBody(
  body: Readable,
  { maxBytes, account, keep, maxBytesOf }: BodyLimits,
): Promise<Buffer | BodyFailure> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const discardedHash = createHash('md5')
    let length = 0
    let limit: number | undefined = maxBytes
    let isLimitKnown = maxBytesOf === undefined
    const finish = (outcome: Buffer | BodyFailure): void => {
      body.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut)
      // Without a listener, an error of a request that breaks off later would end the process.
      body.on('error', () => undefined)
      if (typeof outcome === 'string') body.pause()
      resolve(outcome)
    }
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      if (length > maxBytes) return finish('too-large')
      if (!isLimitKnown && length >= HEAD_BYTES) {
        isLimitKnown = true
        limit = maxBytesOf?.(Buffer.concat([...chunks, chunk], length))
      }
      if (limit === undefined) return finish('not-taken')
      if (length > limit) return finish('too-large')
      if (!keep) return void discardedHash.update(chunk)
      if (!account.reserve(chunk.length)) return finish('no-room')
      chunks.push(chunk)
    }
    const onEnd = (): void => finish(Buffer.concat(chunks))
    const onCut = (): void => finish('cut')
    // The sender may have hung up while the app was looked up.
    if (body.destroyed) return finish('cut')
    body.on('data', onData).once('end', onEnd).once('error', onCut).once('close', onCut)
    body.resume()
  })
}
