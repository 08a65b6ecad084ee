import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { refundPush, signed } from '../trade/stack'
import { DOUYIN_APP } from '../trade/stack'
import { caseNumberOf } from '../processes/asking'

/** A marketplace that pushes over many connections, each its next push as soon as the last one is answered. */
export interface Senders {
  /** `msg_id`s of what was answered 200. */
  readonly acknowledged: ReadonlySet<string>
  /** Answers so far, by status; `none`: the connection broke. */
  readonly answers: Readonly<Record<string, number>>
  /** How long the answers with 200 since the last look took, ms, in ascending order. */
  tookSinceLastLook(): number[]
  /** Resolves when all are answered. */
  end(): Promise<void>
}

export interface SenderOptions {
  readonly connections: number
  /** Between an answer and the next push of that connection, ms. */
  readonly restMs?: number
  /** Pushes of different senders must differ. */
  readonly firstCase?: number
  readonly at: number
}

/** @param gateway its address; the app and shop are those of `openStack` */
export function sendTo(gateway: string, { connections, restMs = 0, firstCase = 0, at }: SenderOptions): Senders {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const acknowledged = new Set<string>()
  const answers: Record<string, number> = {}
  let took: number[] = []
  let going = true
  let next = firstCase
  const send = async (): Promise<void> => {
    while (going) {
      const id = `sent-${next}`
      const body = Buffer.from(JSON.stringify([refundPush({ caseNumber: caseNumberOf(next++), at, id })]))
      const began = performance.now()
      const status = await statusOf(`${gateway}/push/douyin/${DOUYIN_APP.appKey}`, agent, body)
      answers[status] = (answers[status] ?? 0) + 1
      if (status === '200') {
        acknowledged.add(id)
        took.push(performance.now() - began)
      } else await pause(50)
      if (restMs > 0) await pause(restMs)
    }
  }
  const done = Promise.all(Array.from({ length: connections }, send))
  return {
    acknowledged,
    answers,
    tookSinceLastLook() {
      const taken = took.sort((a, b) => a - b)
      took = []
      return taken
    },
    async end() {
      going = false
      await done
      agent.destroy()
    },
  }
}

const statusOf = (url: string, agent: Agent, body: Buffer): Promise<string> =>
  new Promise((resolve) => {
    const asked = request(
      url,
      { method: 'POST', agent, headers: { ...signed(body), 'content-length': String(body.length) } },
      (answer) => {
        answer.resume().once('end', () => resolve(String(answer.statusCode)))
      },
    )
    asked.once('error', () => resolve('none'))
    asked.end(body)
  })

/** The value that this share of ascending values does not exceed; of none: NaN. */
export const quantileOf = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? NaN
