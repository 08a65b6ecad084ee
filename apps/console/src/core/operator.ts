import type { ExecutionContext } from '@nestjs/common'
import { createParamDecorator } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { problemOf } from '../problems/problem.filter'
import { actorOf } from '../security/authentication'
import { operatorName } from '../security/current-actor'

/** Injects the name of the caller, which is recorded with the change: a login, or `key:<id>`. */
export const Operator = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const actor = actorOf(context.switchToHttp().getRequest<FastifyRequest>())
  if (actor === undefined) throw problemOf('not-signed-in')
  return operatorName(actor)
})
