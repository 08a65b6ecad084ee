import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { DeliveryAdmission } from '#case-handling'
import type { Runtime } from '#runtime'
import { addRoutes, healthRoutes, refusedRequests } from '#runtime'
import { capConnections } from './cap-connections'
import { DeliveryTally } from './delivery-tally'
import { finishDeliveries } from './finish-deliveries'
import type { GatewayOptions } from './gateway.module'
import { GatewayModule } from './gateway.module'
import { LARGEST_DELIVERY, receiveBodies } from './receive-bodies'

export { LARGEST_DELIVERY } from './receive-bodies'

export interface GatewayPlace {
  readonly host: string
  readonly port: number
  /** The most connections that are open at once. */
  readonly mostConnections?: number
}

/** Starts the gateway's HTTP server. Bodies reach the connector as the exact bytes that were sent. */
export async function serveGateway(
  runtime: Runtime,
  options: GatewayOptions,
  { host, port, mostConnections = 500 }: GatewayPlace,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_DELIVERY,
    requestTimeout: 10_000,
    // Node takes the longer of the two for the whole request, and by default checks only every 30 seconds.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    connectionTimeout: 30_000,
    forceCloseConnections: true,
    ...refusedRequests(),
  })
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.forRoot(runtime, options), adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
  })
  const fastify = adapter.getInstance()
  capConnections(fastify, mostConnections)
  receiveBodies(fastify, { door: app.get(DeliveryAdmission), tally: app.get(DeliveryTally) })
  finishDeliveries(fastify, runtime.readiness)
  addRoutes(fastify, healthRoutes(runtime.readiness))
  await app.listen(port, host)
  return app
}
