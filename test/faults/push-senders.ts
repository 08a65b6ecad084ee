import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { refundPush, signed } from '../support/stack'
import { DOUYIN_APP } from '../support/stack'
import { caseNumberOf } from '../support/case-numbers'

/** A marketplace that pushes over many connections; each sends its next push as soon as the last one is answered. */
export interface PushSenders {
  /** `msg_id`s of the pushes that were answered 200. */
  readonly acknowledged: ReadonlySet<string>
  /** Answers so far, by status; `none`: the connection broke. */
  readonly answers: Readonly<Record<string, number>>
  /** Latencies of the answers with 200 since the last call, ms, in ascending order. */
  takeLatencies(): number[]
  /** Resolves when all pushes in progress are answered. */
  end(): Promise<void>
}

export interface SenderOptions {
  readonly connections: number
  /** Pause between an answer and the next push of that connection, ms. */
  readonly restMs?: number
  /** Number of the first case: pushes of different senders must differ. */
  readonly firstCase?: number
  readonly at: number
}

/** @param gateway its address; the app and shop are those of `openStack` */
export function startPushSenders(
  gateway: string,
  { connections, restMs = 0, firstCase = 0, at }: SenderOptions,
): PushSenders {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const acknowledged = new Set<string>()
  const answers: Record<string, number> = {}
  let unreadLatencies: number[] = []
  let isSending = true
  let next = firstCase
  const sendUntilEnd = async (): Promise<void> => {
    while (isSending) {
      const id = `sent-${next}`
      const body = Buffer.from(JSON.stringify([refundPush({ caseNumber: caseNumberOf(next++), at, id })]))
      const sentAt = performance.now()
      const status = await postForStatus(`${gateway}/push/douyin/${DOUYIN_APP.appKey}`, agent, body)
      answers[status] = (answers[status] ?? 0) + 1
      if (status === '200') {
        acknowledged.add(id)
        unreadLatencies.push(performance.now() - sentAt)
      } else await pause(50)
      if (restMs > 0) await pause(restMs)
    }
  }
  const done = Promise.all(Array.from({ length: connections }, sendUntilEnd))
  return {
    acknowledged,
    answers,
    takeLatencies() {
      const latencies = unreadLatencies.sort((a, b) => a - b)
      unreadLatencies = []
      return latencies
    },
    async end() {
      isSending = false
      await done
      agent.destroy()
    },
  }
}

const postForStatus = (url: string, agent: Agent, body: Buffer): Promise<string> =>
  new Promise((resolve) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...signed(body), 'content-length': String(body.length) } },
      (answer) => {
        answer.resume().once('end', () => resolve(String(answer.statusCode)))
      },
    )
    sent.once('error', () => resolve('none'))
    sent.end(body)
  })

/** The quantile of ascending values, `share` between 0 and 1; NaN for an empty list. */
export const quantile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? NaN
