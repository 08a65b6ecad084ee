import type { FastifyInstance } from 'fastify'
import type { Readiness } from '#runtime'

/** How long deliveries are still accepted once the gateway is not ready: the load balancer has to notice. */
const DRAIN_NOTICE_MS = 1_000
/** How long a delivery in progress may take to finish; a slower sender has to retry. */
const FINISHED_WITHIN_MS = 5_000

/** Counts the deliveries in progress, and closes each connection with its answer once the gateway is stopping. */
export function finishDeliveries(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    // 'close' also follows when the client disconnects before the answer.
    reply.raw.once('close', readiness.beginWork())
    done()
  })
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isDraining) void reply.header('connection', 'close')
    done()
  })
}

/** Makes the gateway not ready; resolves when the load balancer has had time to notice and all deliveries are answered. */
export async function drain(readiness: Readiness): Promise<void> {
  readiness.drain()
  await new Promise((resolve) => setTimeout(resolve, DRAIN_NOTICE_MS))
  await readiness.waitUntilIdle(FINISHED_WITHIN_MS)
}
