import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A case at a marketplace that this repository does not know; its words are its own. Instants UTC ms, money fen. */
interface Application {
  readonly number: string
  readonly order: string
  readonly fen: number
  readonly asked: number
  state: string
  changed: number
  refunds: number
}

/** How it answers the next refund: properly, "too often", or, the refund being made, never. */
export type Mood = 'plain' | 'busy' | 'silent'

/** A marketplace with an interface of its own. It trusts every caller: two calls are two refunds. */
export interface SmallMarketplace {
  readonly url: string
  apply(number: string, fen: number): void
  move(number: string, state: string): void
  /** Once; then it is plain again. */
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
    one.changed = Math.max(Date.now(), one.changed + 1)
  }
  const shown = ({ refunds: _, ...one }: Application) => ({ ...one, told: Date.now(), due: one.asked + 2 * DAY })
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
    // Up to a moment ago: what changes in this very millisecond is for the next look.
    const now = Date.now() - 1
    const since = Number(searchParams.get('since'))
    answer(response, 200, {
      now,
      cases: [...applications.values()].filter(({ changed }) => changed >= since && changed <= now).map(shown),
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
        asked: Date.now(),
        state: 'asked',
        changed: Date.now(),
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
