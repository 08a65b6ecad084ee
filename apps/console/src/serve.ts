import fastifyStatic from '@fastify/static'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { SwaggerModule } from '@nestjs/swagger'
import type { Runtime } from '#runtime'
import { addRoutes, healthRoutes, refusedRequests } from '#runtime'
import { ConsoleModule } from './console.module'
import { giveDocsNonces } from './security/content-policy'
import { takeEvidenceBodies } from './evidence/evidence-body'
import { SECURITY_HEADERS, requireLocalOrigin } from './security/local-origin'
import { nameTenants } from './security/name-tenants'
import { openApiDocumentOf } from './openapi/document'
import type { ConsoleOptions } from './core/core.module'
import { PAGE_FOLDER } from './tokens'
import { codeOfStatus } from './problems/problem-codes'

export type { ConsoleOptions } from './core/core.module'

/** Requests are small; a larger body is answered 413. */
const LARGEST_BODY = 16_384

/** Addresses that no other machine can reach. */
export const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** Builds the console without listening; tests inject requests. */
export async function buildConsole(runtime: Runtime, options: ConsoleOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_BODY,
    requestTimeout: 10_000,
    // Node takes the longer of the two for the whole request, and by default looks only every 30 seconds.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: true,
    ...refusedRequests({ headers: SECURITY_HEADERS, codeOf: codeOfStatus }),
  })
  const app = await NestFactory.create<NestFastifyApplication>(ConsoleModule.forRoot(runtime, options), adapter, {
    logger: ['error', 'warn'],
  })
  const fastify = adapter.getInstance()
  requireLocalOrigin(fastify)
  nameTenants(fastify, () => options.organisation.id)
  giveDocsNonces(fastify)
  takeEvidenceBodies(fastify, {
    database: runtime.database,
    organisation: options.organisation,
    evidence: options.evidence,
  })
  addRoutes(fastify, healthRoutes(runtime.readiness))
  await app.register(fastifyStatic, {
    root: app.get<string | undefined>(PAGE_FOLDER) ?? __dirname,
    serve: false,
    etag: true,
  })
  describe(app)
  await app.init()
  await fastify.ready()
  return app
}

/** In a container the loopback address cannot be reached from outside; there, and only there, any address is allowed. */
export const mayListenOn = ({ host, contained = false }: { host: string; contained?: boolean }): boolean =>
  contained || LOOPBACK.includes(host)

/** Listens on the loopback address; rejects for any other, since there is no log-in yet. */
export async function serveConsole(
  runtime: Runtime,
  options: ConsoleOptions,
  listen: { host: string; port: number; contained?: boolean },
): Promise<NestFastifyApplication> {
  if (!mayListenOn(listen))
    throw new RangeError('the console listens on the loopback address only, until people log in')
  const app = await buildConsole(runtime, options)
  await app.listen(listen.port, listen.host)
  return app
}

function describe(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocumentOf(app), {
    jsonDocumentUrl: 'openapi.json',
    // Its bar at the top writes a style element of its own, which the content security policy refuses.
    swaggerOptions: { layout: 'BaseLayout' },
  })
}
