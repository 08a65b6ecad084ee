import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common'
import { Catch, HttpException, Logger } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { STATUS_CODES } from 'node:http'
import { Unsealable } from '#access'
import { BadCursor } from '#read-models'

/** One field that was wrong; `pointer` names it as RFC 9457's example does. */
export interface FieldError {
  readonly pointer: string
  readonly detail: string
}

/** A problem that the one who asks can do something about. */
export class Problem extends HttpException {
  constructor(
    status: number,
    detail: string,
    readonly errors?: readonly FieldError[],
    /** Members of its own, as RFC 9457 allows. */
    readonly more?: Readonly<Record<string, unknown>>,
  ) {
    super(detail, status)
  }
}

/** Missing and somebody else's are answered alike. */
export const nothingThere = (): Problem => new Problem(404, 'There is no such thing here.')

interface Answer {
  readonly status: number
  readonly detail: string
  readonly errors?: readonly FieldError[]
  readonly more?: Readonly<Record<string, unknown>>
}

/** Somebody else kept what was wanted for longer than is waited, or two waited for each other. */
const IN_USE = /^(?:55P03|40P01)$/
const UNREACHABLE = /^(?:08|53|57)|^ECONN|^EPIPE$|^ENOTFOUND$|^ETIMEDOUT$|^EAI_AGAIN$/

/** Every error leaves as problem+json (RFC 9457): never a stack, a statement or a value. What is our fault is logged by class and code. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('console')

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    if (reply.sent) return
    const { status, detail, errors, more } = this.answerTo(error)
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: STATUS_CODES[status] ?? 'Error',
          status,
          detail,
          instance: request.url.split('?')[0],
          ...(errors === undefined ? {} : { errors }),
          ...more,
        }),
      )
  }

  private answerTo(error: unknown): Answer {
    if (error instanceof Problem)
      return {
        status: error.getStatus(),
        detail: error.message,
        ...(error.errors && { errors: error.errors }),
        ...(error.more && { more: error.more }),
      }
    if (error instanceof BadCursor)
      return {
        status: 400,
        detail: 'The cursor was not given for this list.',
        errors: [{ pointer: '#/cursor', detail: error.message }],
      }
    if (error instanceof HttpException)
      return { status: error.getStatus(), detail: DETAILS[error.getStatus()] ?? 'The request was refused.' }
    if (error instanceof Unsealable)
      return { status: 422, detail: `This cannot be opened: ${error.message}.`, more: { trouble: error.trouble } }
    const { statusCode, code, message, name } = error as {
      statusCode?: unknown
      code?: unknown
      message?: unknown
      name?: unknown
    }
    // Fastify's own: a body that is too large, not JSON, of no known type.
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
      return { status: statusCode, detail: DETAILS[statusCode] ?? 'The request was refused.' }
    const known = typeof code === 'string' ? code : ''
    this.log.error(`a question could not be answered: ${typeof name === 'string' ? name : 'unknown error'} ${known}`)
    if (IN_USE.test(known)) return { status: 503, detail: 'Others are at work just there. Try again in a moment.' }
    return UNREACHABLE.test(known) || (typeof message === 'string' && /connection|timeout exceeded/i.test(message))
      ? { status: 503, detail: 'The database does not answer. Try again in a moment.' }
      : { status: 500, detail: 'The console could not answer. The log says more.' }
  }
}

const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  404: 'There is no such thing here.',
  405: 'This cannot be done here.',
  413: 'The request is larger than is taken here.',
  415: 'A body of this type is not taken here.',
}
