import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { problemAnswer } from '../health/health-routes'

/**
 * The path of an address for `instance` of a problem, where it contains only harmless characters; otherwise
 * `undefined`: what strangers send is not repeated.
 */
export function plainPath(url: string): string | undefined {
  const [path = ''] = url.split('?')
  return /^\/[\w./:-]{0,200}$/.test(path) ? path : undefined
}

/** The text of the problem, by HTTP status. */
const PROBLEM_DETAILS: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  408: 'The request did not come to its end in time.',
  413: 'The request is larger than is taken here.',
  414: 'The address is too long.',
  431: 'The headers are larger than is taken here.',
}
export interface RefusalOptions {
  /** Added to every such answer. */
  readonly headers?: Readonly<Record<string, string>>
  /** The code of a problem by its status, where the server's problems have codes. */
  readonly codeOf?: (status: number) => string
}

function problemText(status: number, codeOf?: (status: number) => string): string {
  const { body } = problemAnswer(status, PROBLEM_DETAILS[status] ?? 'The request was refused.')
  return codeOf === undefined ? body : JSON.stringify({ ...(JSON.parse(body) as object), code: codeOf(status) })
}

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'
const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** The part of Fastify's reply that is needed here. */
interface RawReply {
  readonly raw: {
    writeHead(status: number, headers: Record<string, string>): unknown
    end(body: string): unknown
  }
}

/**
 * Options of a web server (Fastify) for requests that its router or Node itself refuses, before any hook, guard or filter
 * sees them: a malformed or too long address, broken HTTP, too many headers, one that never ends. They are answered as
 * everything else is (RFC 9457), with the server's own headers, and nothing of the request is repeated.
 */
export function refusedRequests({ headers = {}, codeOf }: RefusalOptions = {}): {
  frameworkErrors(error: { readonly statusCode?: number | undefined }, request: unknown, reply: RawReply): void
  clientErrorHandler(error: { readonly code?: string | undefined }, socket: Duplex): void
} {
  return {
    frameworkErrors({ statusCode: status = 400 }, _request, reply) {
      const clientStatus = status >= 400 && status < 500 ? status : 400
      reply.raw.writeHead(clientStatus, { ...COMMON_HEADERS, ...headers, 'content-type': PROBLEM_TYPE })
      reply.raw.end(problemText(clientStatus, codeOf))
    },
    clientErrorHandler: answerBrokenRequest({ headers, ...(codeOf && { codeOf }) }),
  }
}

/** The HTTP status for error codes of Node's HTTP parser and server; any other code is a 400. */
const STATUS_BY_ERROR_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/**
 * For `clientError` of Node's server: requests that are not valid HTTP. Once part of an answer was sent, only the
 * connection is closed.
 */
export const answerBrokenRequest =
  ({ headers = {}, codeOf }: RefusalOptions = {}) =>
  ({ code = '' }: { readonly code?: string | undefined }, socket: Duplex): void => {
    const isAnswerStarted =
      (socket as { _httpMessage?: { headersSent?: boolean } | null })._httpMessage?.headersSent === true
    if (code === 'ECONNRESET' || !socket.writable || isAnswerStarted) return void socket.destroy()
    const status = STATUS_BY_ERROR_CODE[code] ?? 400
    const body = problemText(status, codeOf)
    const lines = Object.entries({
      ...COMMON_HEADERS,
      ...headers,
      'content-type': PROBLEM_TYPE,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`, () =>
      socket.destroy(),
    )
  }
