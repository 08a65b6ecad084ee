import type { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { DeliveryDoor } from '#case-handling'
import { schemaMismatch } from '#event-store'
import { Readiness, answerOn, healthRoutes, refusedRequests } from '#runtime'
import { capConnections } from './cap-connections'
import { finishDeliveries } from './finish-deliveries'
import type { GatewayParts } from './gateway.module'
import { GatewayModule } from './gateway.module'
import type { DeliveryTally } from './push.controller'
import { DELIVERY_TALLY } from './push.controller'
import { LARGEST_DELIVERY, takeBodies } from './take-bodies'

export { LARGEST_DELIVERY } from './take-bodies'

/** Connections that are held open at once, unless a setting says otherwise. */
const MOST_CONNECTIONS = 500

/** Opens the gateway. Bodies reach the connector as the very bytes that were sent: nothing parses them on the way. */
export async function serveGateway(
  parts: GatewayParts,
  listen: { host: string; port: number },
): Promise<INestApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_DELIVERY,
    requestTimeout: 10_000,
    // Node takes the longer of the two for the whole request, and by default looks only every 30 seconds.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    connectionTimeout: 30_000,
    forceCloseConnections: true,
    ...refusedRequests(),
  })
  const readiness = parts.readiness ?? new Readiness(() => schemaMismatch(parts.database))
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.of(parts), adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
  })
  const fastify = adapter.getInstance()
  capConnections(fastify, parts.mostConnections ?? MOST_CONNECTIONS)
  takeBodies(fastify, { door: app.get(DeliveryDoor), tally: app.get<DeliveryTally>(DELIVERY_TALLY) })
  finishDeliveries(fastify, readiness)
  answerOn(fastify, healthRoutes(readiness))
  await app.listen(listen.port, listen.host)
  return app
}
