import { heardServerTime } from '../time/server-clock'

/** An answer of RFC 9457 (problem+json), or our own words where the answer never came. `status` 0: no answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | undefined,
    /** The server's code: the page has words for it. */
    readonly code?: string,
    /** The fields that are wrong, by name, each with the code of what is wrong. */
    readonly fields: readonly WrongField[] = [],
  ) {
    super(title)
    this.name = 'Problem'
  }
}

export interface WrongField {
  readonly pointer: string
  readonly code: string
}

export type Asked = Record<string, string | number | undefined>

/** `/api` + path with the given words; undefined and empty ones are left out. */
export function address(path: string, asked: Asked = {}): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== '') words.set(name, String(value))
  }
  const query = words.toString()
  return `/api${path}${query === '' ? '' : `?${query}`}`
}

/** Asks the console API. Throws {@link Problem}; an aborted request throws as fetch does. */
export async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(url, { ...init, headers: { accept: 'application/json', ...init.headers } }).catch(
    (reason: unknown) => {
      if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
      throw new Problem(0, 'unreachable', undefined)
    },
  )
  const body = await bodyOf(answer)
  if (!answer.ok) throw problemOf(answer.status, body)
  if (body === undefined) throw new Problem(answer.status, 'unreadable', undefined)
  hearTheClock(body)
  return body as T
}

async function bodyOf(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch {
    return undefined
  }
}

function problemOf(status: number, body: unknown): Problem {
  const told = (typeof body === 'object' && body !== null ? body : {}) as {
    title?: unknown
    detail?: unknown
    code?: unknown
    errors?: unknown
  }
  return new Problem(
    status,
    typeof told.title === 'string' ? told.title : `HTTP ${status}`,
    typeof told.detail === 'string' ? told.detail : undefined,
    typeof told.code === 'string' ? told.code : undefined,
    Array.isArray(told.errors) ? told.errors.filter(isWrongField) : [],
  )
}

const isWrongField = (value: unknown): value is WrongField => {
  const { pointer, code } = (value ?? {}) as { pointer?: unknown; code?: unknown }
  return typeof pointer === 'string' && typeof code === 'string'
}

/** Most answers carry the server's time; countdowns follow it, so a wrong clock on the desk does no harm. */
function hearTheClock(body: unknown): void {
  const now = typeof body === 'object' && body !== null && 'now' in body ? body.now : undefined
  if (typeof now === 'string') heardServerTime(now)
}
