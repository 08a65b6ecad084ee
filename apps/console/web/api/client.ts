import createClient from 'openapi-fetch'
import { askForProof } from '../session/proof-requests'
import { syncServerClock } from '../time/server-clock'
import { Problem, problemOf } from './problem'
import type { paths } from './schema'

/** A client of the console's API: paths, parameters and answers are typed by its OpenAPI document. */
export const clientOf = (baseUrl: string) =>
  createClient<paths>({
    baseUrl,
    headers: { accept: 'application/json' },
    fetch: fetchWithProof,
  })

/** Where the server wants to know once more who it is, the reader is asked, and the same request is sent again. */
async function fetchWithProof(request: Request): Promise<Response> {
  const again = request.clone()
  const answer = await globalThis.fetch(request)
  if (answer.status !== 403) return answer
  const { code } = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { code?: unknown }
  return code === 'reauthentication-required' && (await askForProof()) ? globalThis.fetch(again) : answer
}

/** The page is served by the console itself. */
export const api = clientOf('')

interface Answered<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/** The data of an answer. Throws a {@link Problem} for everything else; an aborted request throws as `fetch` does. */
export async function dataOf<Data>(request: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await request.catch(rethrow)
  if (!response.ok) throw problemOf(response.status, error)
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
