import type { FastifyInstance } from 'fastify'

/** The ids of 5,000 cases, and an action with its texts. */
const MAX_SET_BYTES = 262_144

const SELECTING: readonly string[] = ['/api/batches', '/api/batches/options']

/** A selection of cases is longer than other requests. Call it before the routes are made. */
export function acceptLargeSets(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.method === 'POST' && SELECTING.includes(route.url)) route.bodyLimit = MAX_SET_BYTES
  })
}
