import type { FastifyInstance, FastifyRequest } from 'fastify'
import { withTenants } from '#event-store'

/**
 * Everything that a request asks of the database is for one organisation. A handler that forgets to name it sees nothing of
 * another. Named a second time when the body has been received: that continues outside of the request's first context.
 */
export function nameTenants(fastify: FastifyInstance, organisationOf: (request: FastifyRequest) => number): void {
  for (const hook of ['onRequest', 'preValidation'] as const)
    fastify.addHook(hook, (request: FastifyRequest, _reply: unknown, done: () => void) =>
      withTenants([organisationOf(request)], done),
    )
}
