import type { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { lackOf } from '#event-store'
import { Readiness, answerOn, healthRoutes } from '#observability'
import { finishDeliveries } from './finish-deliveries'
import type { GatewayParts } from './gateway.module'
import { GatewayModule } from './gateway.module'

/** The largest delivery that is taken, in bytes; a larger one is answered 413. */
export const LARGEST_DELIVERY = 1_048_576

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
  })
  const readiness = parts.readiness ?? new Readiness(() => lackOf(parts.database))
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.of(parts), adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
  })
  const fastify = adapter.getInstance()
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  finishDeliveries(fastify, readiness)
  answerOn(fastify, healthRoutes(readiness))
  await app.listen(listen.port, listen.host)
  return app
}
