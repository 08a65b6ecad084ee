import type { ExecutionContext } from '@nestjs/common'
import { createParamDecorator } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { problemOf } from '../problems/problem.filter'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The caller's own id of the action: sent again with it, it is the same action and happens once. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']
  if (typeof key === 'string' && UUID.test(key)) return key
  throw problemOf('idempotency-key-missing')
})
