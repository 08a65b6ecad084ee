import type { ExecutionContext } from '@nestjs/common'
import { createParamDecorator } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { problemOf } from '../problems/problem.filter'

/** A name as people sign with: letters, digits and a few marks; it is recorded with what was done. */
export const ACCOUNT_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,39}$/u

/**
 * Who acts. Until people log in, the console listens on the loopback address only, and every caller that acts gives a
 * name in the header `x-operator` (percent-encoded where it is not ASCII).
 */
export const Operator = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  operatorOf(context.switchToHttp().getRequest<FastifyRequest>()),
)

/** Declares that header. */
export const WithOperator = (): MethodDecorator =>
  ApiHeader({
    name: 'x-operator',
    required: true,
    description: 'Who acts: a name of at most 40 letters, percent-encoded where it is not ASCII. It is recorded.',
    schema: { type: 'string', example: 'lin' },
  })

/** @throws Problem where no operator is named */
export function operatorOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const given = headers['x-operator']
  const name = typeof given === 'string' ? decoded(given) : ''
  if (!ACCOUNT_NAME.test(name)) throw problemOf('operator-missing')
  return name
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim()
  } catch {
    return ''
  }
}
