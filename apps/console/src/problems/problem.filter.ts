import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common'
import { Catch, HttpException, Logger } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Unsealable } from '#access'
import { plainPath } from '#runtime'
import { BadCursor } from '#read-models'
import type { FieldError, ProblemCode } from './problem-codes'
import { PROBLEM_CODES, codeOfStatus } from './problem-codes'

/** A problem that the caller can do something about. */
export class Problem extends HttpException {
  readonly code: ProblemCode

  constructor(
    status: number,
    detail: string,
    readonly errors?: readonly FieldError[],
    /** Members of its own, as RFC 9457 allows. */
    readonly more?: Readonly<Record<string, unknown>>,
    code?: ProblemCode,
  ) {
    super(detail, status)
    this.code = code ?? codeOfStatus(status)
  }
}

/** Optional members of a problem. */
interface ProblemMembers {
  /** Instead of the text of the code, where more can be said. */
  readonly detail?: string
  readonly errors?: readonly FieldError[]
  readonly more?: Readonly<Record<string, unknown>>
}

/** Creates the problem of a code, with its status and its text. */
export function problemOf(code: ProblemCode, { detail, errors, more }: ProblemMembers = {}): Problem {
  const [status, , words] = PROBLEM_CODES[code]
  return new Problem(status, detail ?? words, errors, more, code)
}

/** The same answer for missing rows and for rows of another organisation, so that ids cannot be probed. */
export const notFound = (): Problem => problemOf('not-found')

interface ProblemBody {
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly errors?: readonly FieldError[] | undefined
  readonly more?: Readonly<Record<string, unknown>> | undefined
}

const problemBodyOf = (code: ProblemCode, status: number = PROBLEM_CODES[code][0]): ProblemBody => ({
  status,
  code,
  detail: PROBLEM_CODES[code][2],
})

/** PostgreSQL: lock_not_available, deadlock_detected. */
const IN_USE = /^(?:55P03|40P01)$/
/** PostgreSQL's connection, resource and shutdown errors (classes 08, 53, 57), and Node's socket errors. */
const UNREACHABLE = /^(?:08|53|57)|^ECONN|^EPIPE$|^ENOTFOUND$|^ETIMEDOUT$|^EAI_AGAIN$/
/** Messages of errors to which the driver and its pool give no code. */
const UNREACHABLE_MESSAGE =
  /^(?:Connection terminated|Query read timeout|Client was closed|timeout exceeded when trying to connect|Cannot use a pool after)|connection is not established/i

/** Answers every error as problem+json (RFC 9457), without stack, SQL or values. Unexpected errors are logged by class and code only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('console')

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    if (reply.sent || reply.raw.headersSent) return
    const { status, code, detail, errors, more } = this.problemBodyFor(error)
    const { until } = more ?? {}
    if (typeof until === 'string')
      void reply.header('retry-after', String(Math.max(1, Math.ceil((Date.parse(until) - Date.now()) / 1000))))
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: PROBLEM_CODES[code][1],
          status,
          code,
          detail,
          instance: plainPath(request.url),
          ...(errors === undefined ? {} : { errors }),
          ...more,
        }),
      )
  }

  private problemBodyFor(error: unknown): ProblemBody {
    if (error instanceof Problem) {
      const { code, message: detail, errors, more } = error
      return { status: error.getStatus(), code, detail, errors, more }
    }
    if (error instanceof BadCursor)
      return {
        ...problemBodyOf('wrong-cursor'),
        errors: [{ pointer: '#/cursor', code: 'wrong-form', detail: error.message }],
      }
    if (error instanceof HttpException) return problemBodyOf(codeOfStatus(error.getStatus()), error.getStatus())
    if (error instanceof Unsealable)
      return {
        ...problemBodyOf('sealed-unreadable'),
        detail: `This cannot be decrypted: ${error.message}.`,
        more: { trouble: error.trouble },
      }
    const { statusCode, code, message, name } = error as {
      statusCode?: unknown
      code?: unknown
      message?: unknown
      name?: unknown
    }
    // Fastify's own: a body that is too large, not JSON, of no known type.
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
      return problemBodyOf(codeOfStatus(statusCode), statusCode)
    const errorCode = typeof code === 'string' ? code : ''
    this.log.error(`request failed: ${typeof name === 'string' ? name : 'unknown error'} ${errorCode}`)
    if (IN_USE.test(errorCode)) return problemBodyOf('in-use')
    return UNREACHABLE.test(errorCode) || (typeof message === 'string' && UNREACHABLE_MESSAGE.test(message))
      ? problemBodyOf('database-away')
      : problemBodyOf('internal')
  }
}
