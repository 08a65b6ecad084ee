import WebSocket from 'ws'
import { decodeUtf8 } from '../../contract'
import type { FrameQueue } from './intake'
import { ack, fail, heartbeat, readFrame } from './frames'

/** How a connection is kept alive, ms (documented: heartbeat every 5 s, dead after 3 min). */
export interface Rhythm {
  readonly heartbeatMs: number
  readonly silenceMs: number
  readonly handshakeMs: number
  /** Reconnecting waits this long at first, then twice as long each time, up to the maximum. */
  readonly firstDelayMs: number
  readonly mostDelayMs: number
}

export const OFFICIAL_RHYTHM: Rhythm = {
  heartbeatMs: 5_000,
  silenceMs: 180_000,
  handshakeMs: 10_000,
  firstDelayMs: 1_000,
  mostDelayMs: 60_000,
}

const FRAME_BYTES = 8 * 1024 * 1024
const FULL = 2_000
const ROOM = 500
const GOODBYE_MS = 1_000

export interface Held {
  readonly address: string
  readonly intake: FrameQueue
  readonly rhythm: Rhythm
  readonly now: () => number
  readonly signal: AbortSignal
  readonly connected: () => void
  /** A message was received: the connection works. */
  readonly received: () => void
}

/** Holds one connection until it ends; resolves to the reason. Never rejects. */
export function hold({ address, intake, rhythm, now, signal, connected, received }: Held): Promise<string> {
  return new Promise((resolve) => {
    let socket: WebSocket
    try {
      socket = new WebSocket(address, {
        handshakeTimeout: rhythm.handshakeMs,
        maxPayload: FRAME_BYTES,
        perMessageDeflate: false,
        followRedirects: false,
      })
    } catch {
      // The message of this error quotes the address, and the address carries the digest.
      resolve('the address of the messages is not usable')
      return
    }
    let lastWord = performance.now()
    let why: string | undefined
    let beat: NodeJS.Timeout | undefined
    let goodbye: NodeJS.Timeout | undefined
    const send = (text: string): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text, () => undefined)
    }
    const alive = (): void => {
      lastWord = performance.now()
    }
    const stop = (): void => {
      why = 'stopped'
      goodbye = setTimeout(() => socket.terminate(), GOODBYE_MS)
      // Messages being written are still acknowledged; later ones are left to be sent again.
      void intake.idle().then(() => socket.close(1000))
    }
    const onBeat = (): void => {
      if (socket.isPaused) lastWord = performance.now()
      if (performance.now() - lastWord > rhythm.silenceMs) {
        why ??= 'silent for too long'
        socket.terminate()
        return
      }
      send(heartbeat(now()))
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    }
    const roomAgain = (): void => {
      if (socket.isPaused && intake.waiting() < ROOM) socket.resume()
    }
    const take = (text: string): void => {
      if (signal.aborted) return
      const frame = readFrame(text)
      if (frame.type === 'fail') why = `the marketplace answered: ${frame.why}`
      if (frame.type !== 'message') return
      received()
      const { message, receipt } = frame
      intake.add({
        message,
        durable: () => {
          if (receipt !== undefined) send(ack(receipt, now()))
          roomAgain()
        },
        failed: (reason) => {
          if (receipt !== undefined) send(fail(receipt, now(), reason))
          roomAgain()
        },
      })
      if (intake.waiting() >= FULL) socket.pause()
    }
    socket.on('open', () => {
      connected()
      onBeat()
      beat = setInterval(onBeat, rhythm.heartbeatMs)
    })
    socket.on('message', (frame: Buffer) => {
      alive()
      take(decodeUtf8(frame))
    })
    socket.on('ping', alive)
    socket.on('pong', alive)
    socket.on('error', (error) => {
      why ??= 'code' in error && typeof error.code === 'string' ? error.code : error.message
    })
    socket.on('close', (code) => {
      clearInterval(beat)
      clearTimeout(goodbye)
      signal.removeEventListener('abort', stop)
      resolve(why ?? `closed with ${code}`)
    })
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
}
