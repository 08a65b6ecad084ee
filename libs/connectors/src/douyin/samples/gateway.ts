/** An in-process gateway that speaks Douyin's wire format, and a list whose rows can be moved. */
import { createServer } from 'node:http'
import type { RateLimit, StoreSession, CallContext } from '../../contract'
import { APP_CREDENTIALS, listOf, rowOf } from './messages'

export const NOW = 1_772_712_000_000
export const WINDOW = { from: NOW - 3_600_000, to: NOW }
export const WINDOW_START_SECONDS = WINDOW.from / 1000

export interface RecordedRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly param: Readonly<Record<string, unknown>>
  readonly body: string
}

/** A gateway with scripted answers that records its requests. */
export async function withGateway<T>(
  answer: (request: RecordedRequest, number: number) => string | Promise<string>,
  useGateway: (session: StoreSession, requests: RecordedRequest[]) => Promise<T>,
): Promise<T> {
  const requests: RecordedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://gateway')
      const body = Buffer.concat(chunks).toString()
      const recorded = {
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        param: JSON.parse(body) as RecordedRequest['param'],
        body,
      }
      requests.push(recorded)
      void Promise.resolve(answer(recorded, requests.length)).then((text) => response.end(text))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}/`
  const session = {
    ...APP_CREDENTIALS,
    shop: '10437001',
    accessToken: 'token-now',
    refreshToken: 'token-next',
    endpoints: { api },
  }
  try {
    return await useGateway(session, requests)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

export interface RateLimiterLog {
  readonly admitted: string[]
  readonly held: string[]
}

export function callContext(
  log: RateLimiterLog = { admitted: [], held: [] },
  signal = new AbortController().signal,
): CallContext {
  const keys = (limits: readonly RateLimit[]): string[] => limits.map(({ key }) => key)
  return {
    now: () => NOW,
    signal,
    rateLimiter: {
      admit: async (limits) => void log.admitted.push(...keys(limits)),
      hold: (limits) => void log.held.push(...keys(limits)),
    },
  }
}

/** A list whose rows are sorted by update time, like the platform's; `second` of a case may be changed at any time. */
export class MovableList {
  constructor(readonly seconds: Map<string, number>) {}

  static of(count: number, secondOf: (i: number) => number): MovableList {
    return new MovableList(
      new Map(Array.from({ length: count }, (_, i) => [String(7_000_000_000_000_000n + BigInt(i)), secondOf(i)])),
    )
  }

  answer({ param }: RecordedRequest): string {
    const from = param['update_start_time'] as number
    const until = param['update_end_time'] as number
    const rows = [...this.seconds].filter(([, s]) => s >= from && s < until).sort((a, b) => a[1] - b[1])
    const [page, size] = [param['page'] as number, param['size'] as number]
    const shown = rows.slice(page * size, (page + 1) * size)
    return listOf(
      shown.map(([id, second]) => rowOf({ aftersale_id: id, update_time: second })),
      rows.length,
      (page + 1) * size < rows.length,
    )
  }
}
