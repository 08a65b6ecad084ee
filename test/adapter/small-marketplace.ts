import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A case in the API of a marketplace that has no connector here. Instants in UTC ms, money in fen. */
interface Application {
  readonly number: string
  readonly order: string
  readonly fen: number
  readonly appliedAt: number
  state: string
  changedAt: number
  refunds: number
}

/** How it answers the next refund: normally, "too many requests", or not at all although the refund is made. */
export type Mood = 'plain' | 'busy' | 'silent'

/** A marketplace with an API of its own and no idempotency: two calls are two refunds. */
export interface SmallMarketplace {
  readonly url: string
  apply(number: string, fen: number): void
  move(number: string, state: string): void
  /** Applies to the next refund only; then it is `plain` again. */
  mood(next: Mood): void
  refundsOf(number: string): number
  close(): Promise<void>
}

const DAY = 86_400_000

export async function openMarketplace(): Promise<SmallMarketplace> {
  const applications = new Map<string, Application>()
  let mood: Mood = 'plain'
  const find = (number: string): Application => {
    const found = applications.get(number)
    if (found === undefined) throw new Error(`no application ${number}`)
    return found
  }
  const change = (one: Application, state: string): void => {
    one.state = state
    one.changedAt = Math.max(Date.now(), one.changedAt + 1)
  }
  const shown = ({ refunds: _, ...one }: Application) => ({ ...one, shownAt: Date.now(), due: one.appliedAt + 2 * DAY })
  const refund = (number: string, response: ServerResponse): void => {
    const how = mood
    mood = 'plain'
    if (how === 'busy') return answer(response, 429, { afterMs: 500 })
    const one = find(number)
    one.refunds++
    change(one, 'paid')
    if (how === 'plain') answer(response, 200, {})
  }
  const server = createServer(({ method, url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://any')
    const [, , number = '', verb] = pathname.split('/')
    if (method === 'POST' && verb === 'refund') return refund(number, response)
    if (number !== '')
      return applications.has(number) ? answer(response, 200, shown(find(number))) : answer(response, 404, {})
    // Up to the previous millisecond: what changes in the current one belongs to the next pull.
    const now = Date.now() - 1
    const since = Number(searchParams.get('since'))
    answer(response, 200, {
      now,
      cases: [...applications.values()].filter(({ changedAt }) => changedAt >= since && changedAt <= now).map(shown),
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apply: (number, fen) =>
      void applications.set(number, {
        number,
        order: `o-${number}`,
        fen,
        appliedAt: Date.now(),
        state: 'asked',
        changedAt: Date.now(),
        refunds: 0,
      }),
    move: (number, state) => change(find(number), state),
    mood: (next) => void (mood = next),
    refundsOf: (number) => find(number).refunds,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const answer = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
