import type { FastifyInstance } from 'fastify'
import type { Readiness } from '#runtime'

/** How long deliveries are accepted after the gateway became not ready: the load balancer has to notice first. */
const DRAIN_NOTICE_MS = 1_000
/** How long a delivery that was begun may take to be finished; a slower sender has to retry. */
const FINISHED_WITHIN_MS = 5_000

/** Counts the deliveries in hand; each connection ends with its answer once the gateway stops. */
export function finishDeliveries(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    // Answered, or hung up before that.
    reply.raw.once('close', readiness.begin())
    done()
  })
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isDraining) void reply.header('connection', 'close')
    done()
  })
}

/** Not ready from now on; resolves when the load balancer has had time to notice and deliveries in hand are answered. */
export async function drain(readiness: Readiness): Promise<void> {
  readiness.drain()
  await new Promise((resolve) => setTimeout(resolve, DRAIN_NOTICE_MS))
  await readiness.settled(FINISHED_WITHIN_MS)
}
