import { STATUS_CODES } from 'node:http'
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common'
import { Catch, HttpException, Logger } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { plainPath } from '#runtime'

/** Answers every error as problem+json (RFC 9457): what the sender can do about it, without internal details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('gateway')

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    if (reply.sent) return
    const status = this.statusOf(error)
    const detail = error instanceof HttpException && isPlain(error) ? error.message : PROBLEM_DETAILS[status]
    const { url } = host.switchToHttp().getRequest<FastifyRequest>()
    const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail, instance: plainPath(url) }
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem))
  }

  private statusOf(error: unknown): number {
    if (error instanceof HttpException) return error.getStatus()
    // Fastify's own errors: a body that is too large, truncated, or longer than its declared length.
    const { statusCode } = error as { statusCode?: unknown }
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return statusCode
    this.log.error(
      `a delivery could not be answered: ${error instanceof Error ? error.constructor.name : 'unknown error'}`,
    )
    return 500
  }
}

/** Whether the message is ours: the router's own message repeats the path, which the caller chose. */
const isPlain = (error: HttpException): boolean => typeof error.getResponse() === 'string'

const PROBLEM_DETAILS: Readonly<Record<number, string>> = {
  400: 'The delivery could not be read.',
  404: 'No deliveries are accepted at this address.',
  500: 'The delivery could not be answered. Send it again.',
}
