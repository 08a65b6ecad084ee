import createClient from 'openapi-fetch'
import { askForProof } from '../session/proof-requests'
import { syncServerClock } from '../time/server-clock'
import { Problem, parseProblem } from './problem'
import type { paths } from './schema'

/** A client of the console's API: paths, parameters and answers are typed by its OpenAPI document. */
export const createApiClient = (baseUrl: string) =>
  createClient<paths>({
    baseUrl,
    headers: { accept: 'application/json' },
    fetch: fetchWithProof,
  })

/** If the server requires a recent proof of identity, asks the reader for it and sends the same request again. */
async function fetchWithProof(request: Request): Promise<Response> {
  // A request's body can be read only once.
  const retry = request.clone()
  const answer = await globalThis.fetch(request)
  if (answer.status !== 403) return answer
  const { code } = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { code?: unknown }
  return code === 'reauthentication-required' && (await askForProof()) ? globalThis.fetch(retry) : answer
}

/** The page is served by the console itself. */
export const api = createApiClient('')

interface Answered<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/** The data of an answer. Throws a {@link Problem} for everything else; an aborted request throws as `fetch` does. */
export async function dataOf<Data>(request: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await request.catch(rethrow)
  if (!response.ok) throw parseProblem(response.status, error)
  if (data === undefined) throw new Problem(response.status, 'unreadable')
  syncClock(data)
  return data
}

function rethrow(reason: unknown): never {
  if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
  // Only a successful answer is parsed strictly.
  if (reason instanceof SyntaxError) throw new Problem(200, 'unreadable')
  throw new Problem(0, 'unreachable')
}

/** Most answers carry the server's time. Countdowns follow it, so that a wrong clock on this computer does no harm. */
function syncClock(data: unknown): void {
  const now = typeof data === 'object' && data !== null && 'now' in data ? data.now : undefined
  if (typeof now === 'string') syncServerClock(now)
}
