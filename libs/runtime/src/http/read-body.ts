import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { BodyAccount } from './body-budget'

/** Why a body was not read to its end. */
export type BodyTrouble = 'too-large' | 'no-room' | 'cut' | 'not-taken'

export interface BodyLimits {
  /** Bytes. */
  readonly most: number
  readonly account: BodyAccount
  /** `false`: the bytes are counted and thrown away, at about the cost of checking a signature over them. */
  readonly keep: boolean
  /** How many bytes a body that begins so may have; `undefined`: it is not taken at all. Asked once, with at least 32 bytes. */
  readonly mostOf?: (head: Buffer) => number | undefined
}

const HEAD = 32

/** The bytes of a body as they were sent, or why they could not be had. The stream is left paused after a trouble. */
export function readBody(body: Readable, { most, account, keep, mostOf }: BodyLimits): Promise<Buffer | BodyTrouble> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const decoy = createHash('md5')
    let length = 0
    let limit: number | undefined = most
    let known = mostOf === undefined
    const end = (outcome: Buffer | BodyTrouble): void => {
      body.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut)
      // A request that breaks off later has no other listener.
      body.on('error', () => undefined)
      if (typeof outcome === 'string') body.pause()
      resolve(outcome)
    }
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      if (length > most) return end('too-large')
      if (!known && length >= HEAD) {
        known = true
        limit = mostOf?.(Buffer.concat([...chunks, chunk], length))
      }
      if (limit === undefined) return end('not-taken')
      if (length > limit) return end('too-large')
      if (!keep) return void decoy.update(chunk)
      if (!account.take(chunk.length)) return end('no-room')
      chunks.push(chunk)
    }
    const onEnd = (): void => end(Buffer.concat(chunks))
    const onCut = (): void => end('cut')
    // The sender may have hung up while the app was looked up.
    if (body.destroyed) return end('cut')
    body.on('data', onData).once('end', onEnd).once('error', onCut).once('close', onCut)
    body.resume()
  })
}
