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
export type RefundAnswer = 'plain' | 'busy' | 'silent'

/** A marketplace with an API of its own and no idempotency: two calls are two refunds. */
export interface SmallMarketplace {
  readonly url: string
  apply(number: string, fen: number): void
  changeState(number: string, state: string): void
  /** Applies to the next refund only; then it is `plain` again. */
  nextRefundAnswer(next: RefundAnswer): void
  refundsOf(number: string): number
  close(): Promise<void>
}

const DAY = 86_400_000

export async function openSmallMarketplace(): Promise<SmallMarketplace> {
  const applications = new Map<string, Application>()
  let nextRefundAnswer: RefundAnswer = 'plain'
  const find = (number: string): Application => {
    const found = applications.get(number)
    if (found === undefined) throw new Error(`no application ${number}`)
    return found
  }
  const setState = (application: Application, state: string): void => {
    application.state = state
    application.changedAt = Math.max(Date.now(), application.changedAt + 1)
  }
  const toJson = ({ refunds: _, ...application }: Application) => ({
    ...application,
    shownAt: Date.now(),
    due: application.appliedAt + 2 * DAY,
  })
  const refund = (number: string, response: ServerResponse): void => {
    const refundAnswer = nextRefundAnswer
    nextRefundAnswer = 'plain'
    if (refundAnswer === 'busy') return respond(response, 429, { afterMs: 500 })
    const application = find(number)
    application.refunds++
    setState(application, 'paid')
    if (refundAnswer === 'plain') respond(response, 200, {})
  }
  const server = createServer(({ method, url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://any')
    const [, , number = '', verb] = pathname.split('/')
    if (method === 'POST' && verb === 'refund') return refund(number, response)
    if (number !== '')
      return applications.has(number) ? respond(response, 200, toJson(find(number))) : respond(response, 404, {})
    // Up to the previous millisecond: what changes in the current one belongs to the next pull.
    const now = Date.now() - 1
    const since = Number(searchParams.get('since'))
    respond(response, 200, {
      now,
      cases: [...applications.values()].filter(({ changedAt }) => changedAt >= since && changedAt <= now).map(toJson),
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
    changeState: (number, state) => setState(find(number), state),
    nextRefundAnswer: (next) => void (nextRefundAnswer = next),
    refundsOf: (number) => find(number).refunds,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const respond = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
