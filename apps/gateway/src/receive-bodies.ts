import type { IncomingMessage } from 'node:http'
import { HttpException } from '@nestjs/common'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DeliveryAdmission } from '#case-handling'
import type { BodyAccount, BodyFailure } from '#runtime'
import { BodyBudget, readBody } from '#runtime'
import type { DeliveryTally } from './delivery-tally'

/** The largest delivery that is accepted, in bytes; a larger one is answered 413. */
export const LARGEST_DELIVERY = 1_048_576
/** The total size of all bodies that are being received, bytes. */
const MAX_BYTES_IN_MEMORY = 32 * 1_048_576
/** A refused body up to this size is received and discarded, so that the connection stays usable; else it is closed. */
const MAX_DRAINED_BYTES = 65_536
/** Retry-After of a 503, seconds. */
const RETRY_AFTER_S = '1'

/** Stands for the body of a delivery to an unknown app, whose bytes were discarded. */
export const DISCARDED = Symbol('a body that was not kept')

const PUSH_ROUTE = '/push/:marketplace/:appKey'

interface PushParams {
  readonly marketplace: string
  readonly appKey: string
}

/** What was decided by path and headers, before the body is read. */
interface BodyDecision {
  readonly keep: boolean
  readonly account: BodyAccount
}

export interface ReceiveBodiesOptions {
  readonly door: DeliveryAdmission
  readonly tally: Pick<DeliveryTally, 'delivered'>
  readonly budget?: BodyBudget
}

/**
 * Passes bodies to the connector as the exact bytes that were sent, whatever their content type. Uses memory for them only
 * after path and headers were checked, and never more than the budget.
 */
export function receiveBodies(
  fastify: FastifyInstance,
  { door, tally, budget = new BodyBudget(MAX_BYTES_IN_MEMORY) }: ReceiveBodiesOptions,
): void {
  const decisions = new WeakMap<FastifyRequest, BodyDecision>()
  fastify.removeAllContentTypeParsers()
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Fastify refuses a content type that it cannot parse, and marketplaces send none, several or malformed ones. Only the
    // signature over the bytes decides whether a delivery is genuine.
    request.raw.headers['content-type'] = 'application/octet-stream'
    done()
  })
  fastify.addHook('preParsing', async (request, reply) => {
    if (contentLengthOf(request) > LARGEST_DELIVERY) {
      void reply.header('connection', 'close')
      throw exceptionFor('too-large')
    }
    if (request.routeOptions.url !== PUSH_ROUTE) return
    const { marketplace, appKey } = request.params as PushParams
    // If the database does not answer, reading the body leads to the 503 of the delivery itself.
    const admission = await door.admit(marketplace, appKey, request.headers).catch(() => 'read' as const)
    if (typeof admission === 'string') {
      const account = budget.open()
      reply.raw.once('close', () => account.release())
      decisions.set(request, { keep: admission === 'read', account })
      return
    }
    const { refused } = admission
    tally.delivered(marketplace, 'forged', 0)
    if (contentLengthOf(request) > MAX_DRAINED_BYTES) void reply.header('connection', 'close')
    await reply.status(refused.status).header('content-type', 'application/json').send(refused.body)
  })
  fastify.addContentTypeParser('*', async (request: FastifyRequest, body: IncomingMessage) => {
    const { keep, account } = decisions.get(request) ?? { keep: false, account: budget.open() }
    const read = await readBody(body, { maxBytes: LARGEST_DELIVERY, account, keep })
    if (typeof read === 'string') throw exceptionFor(read)
    return keep ? read : DISCARDED
  })
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) void reply.header('retry-after', RETRY_AFTER_S)
    done()
  })
}

/** The declared `Content-Length` in bytes; 0 if there is none. */
const contentLengthOf = (request: FastifyRequest): number => Number(request.headers['content-length'] ?? 0)

const FAILURE_ANSWERS: Readonly<Record<BodyFailure, readonly [status: number, detail: string]>> = {
  'too-large': [413, 'Request body is too large'],
  'no-room': [503, 'Too much is being received. Retry later.'],
  cut: [400, 'The delivery could not be read.'],
  'not-taken': [415, 'This is not taken here.'],
}

/** Thrown before or while a body is read. Fastify then closes the connection, because more of the body may arrive. */
function exceptionFor(trouble: BodyFailure): HttpException {
  const [status, detail] = FAILURE_ANSWERS[trouble]
  return new HttpException(detail, status)
}
