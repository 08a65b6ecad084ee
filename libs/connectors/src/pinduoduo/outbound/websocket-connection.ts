import WebSocket from 'ws'
import { decodeUtf8 } from '../../contract'
import type { FrameQueue } from './frame-queue'
import { ackFrame, failFrame, heartbeatFrame, readFrame } from './frames'

/** How a connection is kept alive, ms (documented: heartbeat every 5 s, dead after 3 min). */
export interface ConnectionTimings {
  readonly heartbeatMs: number
  readonly silenceMs: number
  readonly handshakeMs: number
  /** Reconnecting waits this long at first, then twice as long each time, up to the maximum. */
  readonly firstDelayMs: number
  readonly maxDelayMs: number
}

export const DOCUMENTED_TIMINGS: ConnectionTimings = {
  heartbeatMs: 5_000,
  silenceMs: 180_000,
  handshakeMs: 10_000,
  firstDelayMs: 1_000,
  maxDelayMs: 60_000,
}

/** Frames are a few KB; a larger one than this closes the connection instead of filling the memory. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024
/** Reading is paused while this many messages wait to be stored, and resumed when fewer than the second number do. */
const PAUSE_AT_WAITING = 2_000
const RESUME_BELOW_WAITING = 500
/** How long a closed connection may take to end before it is cut. */
const CLOSE_TIMEOUT_MS = 1_000

export interface ConnectionOptions {
  readonly url: string
  readonly queue: FrameQueue
  readonly timings: ConnectionTimings
  readonly now: () => number
  readonly signal: AbortSignal
  readonly onConnected: () => void
  /** A message was received: the connection works. */
  readonly onReceived: () => void
}

/** Holds one connection until it ends; resolves to the reason. Never rejects. */
export function runConnection({
  url: url,
  queue,
  timings,
  now,
  signal,
  onConnected,
  onReceived,
}: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    let socket: WebSocket
    try {
      socket = new WebSocket(url, {
        handshakeTimeout: timings.handshakeMs,
        maxPayload: MAX_FRAME_BYTES,
        perMessageDeflate: false,
        followRedirects: false,
      })
    } catch {
      // The message of this error quotes the URL, which contains the digest, so it is not passed on.
      resolve('the address of the messages is not usable')
      return
    }
    let lastSignOfLife = performance.now()
    let endReason: string | undefined
    let heartbeatTimer: NodeJS.Timeout | undefined
    let closeTimer: NodeJS.Timeout | undefined
    const send = (text: string): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text, () => undefined)
    }
    const markAlive = (): void => {
      lastSignOfLife = performance.now()
    }
    const stop = (): void => {
      endReason = 'stopped'
      closeTimer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
      // Messages that are being stored are still acknowledged; the platform sends later ones again.
      void queue.idle().then(() => socket.close(1000))
    }
    const sendHeartbeat = (): void => {
      if (socket.isPaused) lastSignOfLife = performance.now()
      if (performance.now() - lastSignOfLife > timings.silenceMs) {
        endReason ??= 'silent for too long'
        socket.terminate()
        return
      }
      send(heartbeatFrame(now()))
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    }
    const resumeIfDrained = (): void => {
      if (socket.isPaused && queue.waiting() < RESUME_BELOW_WAITING) socket.resume()
    }
    const handleFrame = (text: string): void => {
      if (signal.aborted) return
      const frame = readFrame(text)
      if (frame.type === 'fail') endReason = `the marketplace answered: ${frame.why}`
      if (frame.type !== 'message') return
      onReceived()
      const { message, receipt } = frame
      queue.add({
        message,
        onDurable: () => {
          if (receipt !== undefined) send(ackFrame(receipt, now()))
          resumeIfDrained()
        },
        onFailed: (reason) => {
          if (receipt !== undefined) send(failFrame(receipt, now(), reason))
          resumeIfDrained()
        },
      })
      if (queue.waiting() >= PAUSE_AT_WAITING) socket.pause()
    }
    socket.on('open', () => {
      onConnected()
      sendHeartbeat()
      heartbeatTimer = setInterval(sendHeartbeat, timings.heartbeatMs)
    })
    socket.on('message', (frame: Buffer) => {
      markAlive()
      handleFrame(decodeUtf8(frame))
    })
    socket.on('ping', markAlive)
    socket.on('pong', markAlive)
    socket.on('error', (error) => {
      endReason ??= 'code' in error && typeof error.code === 'string' ? error.code : error.message
    })
    socket.on('close', (code) => {
      clearInterval(heartbeatTimer)
      clearTimeout(closeTimer)
      signal.removeEventListener('abort', stop)
      resolve(endReason ?? `closed with ${code}`)
    })
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
}
