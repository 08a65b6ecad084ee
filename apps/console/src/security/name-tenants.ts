import type { FastifyInstance, FastifyRequest } from 'fastify'
import { withTenants } from '#event-store'

/**
 * Everything that a request asks of the database is for one organisation, its caller's. A handler that forgets to name it sees
 * nothing of another; a request without log-in sees nothing. Named a second time when the body has been received: that
 * continues outside of the request's first context.
 */
export function nameTenants(
  fastify: FastifyInstance,
  organisationOf: (request: FastifyRequest) => number | undefined,
): void {
  for (const hook of ['onRequest', 'preValidation'] as const)
    fastify.addHook(hook, (request: FastifyRequest, _reply: unknown, done: () => void) => {
      const organisation = organisationOf(request)
      withTenants(organisation === undefined ? [] : [organisation], done)
    })
}
