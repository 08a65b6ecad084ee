import { randomUUID } from 'node:crypto'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { DEFAULT_LOGIN, type Requester } from './signed-in'

export interface Response {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface RequestOptions {
  /** Who sends it; `null`: a request without log-in. */
  readonly operator?: string | Requester | null
  readonly headers?: Readonly<Record<string, string>>
}

/** For the stack, which logs the person in and puts the session's cookie in its place. */
export const ACTING = 'acting-as'

/** How an operator identifies themselves: the only place in the specs that spells it. */
export const headersOf = (operator: string | Requester | null = DEFAULT_LOGIN): Readonly<Record<string, string>> => ({
  host: 'localhost',
  [ACTING]: JSON.stringify(typeof operator === 'string' ? { login: operator } : operator),
})

/** The requests of operators, as every spec of the console sends them. */
export class OperatorRequests {
  constructor(private readonly app: NestFastifyApplication) {}

  get(url: string, options?: RequestOptions): Promise<Response> {
    return this.send('GET', url, undefined, options)
  }

  post(url: string, body?: object, options?: RequestOptions): Promise<Response> {
    return this.send('POST', url, body, options)
  }

  put(url: string, body: object, options?: RequestOptions): Promise<Response> {
    return this.send('PUT', url, body, options)
  }

  /** An action on a case under an id of the caller, judged by the revision that the case shows. */
  async act(
    caseId: string,
    request: object,
    { intent = randomUUID(), ...options }: RequestOptions & { readonly intent?: string } = {},
  ): Promise<Response> {
    // A case of another organisation shows no revision; any will do, since it is not found.
    const { revision = '2026-11-22T04:00:00Z' } = (await this.get(`/api/cases/${caseId}`)).body
    return this.post(
      `/api/cases/${caseId}/actions`,
      { judged: revision, ...request },
      { ...options, headers: { 'idempotency-key': intent, ...options.headers } },
    )
  }

  async send(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: object,
    { operator, headers }: RequestOptions = {},
  ): Promise<Response> {
    const answer = await this.app.inject({
      method,
      url,
      headers: { ...headersOf(operator), ...headers },
      ...(body && { payload: body }),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
}
