import fastifyStatic from '@fastify/static'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { SwaggerModule } from '@nestjs/swagger'
import type { Runtime } from '#runtime'
import { addRoutes, healthRoutes, refusedRequests } from '#runtime'
import { ConsoleModule } from './console.module'
import { acceptLargeSets } from './batches/large-sets'
import { giveDocsNonces } from './security/content-policy'
import { acceptEvidenceUploads } from './evidence/evidence-body'
import { Authenticator, actorOf, authenticate } from './security/authentication'
import { nameTenants } from './security/name-tenants'
import { SECURITY_HEADERS, requireOwnOrigin } from './security/own-origin'
import { buildOpenApiDocument } from './openapi/document'
import type { ConsoleOptions } from './core/core.module'
import { PAGE_FOLDER } from './tokens'
import { codeOfStatus } from './problems/problem-codes'

export type { ConsoleOptions } from './core/core.module'

/** 16 KiB: requests are small; a larger body is answered 413. Uploads of evidence have limits of their own. */
const MAX_BODY_BYTES = 16_384

/** Addresses that no other machine can reach. */
export const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** Builds the console without listening; tests inject requests. */
export async function buildConsole(runtime: Runtime, options: ConsoleOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 10_000,
    // Node takes the longer of the two for the whole request, and by default looks only every 30 seconds.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: true,
    // Addresses that are throttled and shown are those of clients, not of the proxy before the console.
    trustProxy: options.publicUrl === undefined ? false : ['loopback', 'uniquelocal'],
    ...refusedRequests({ headers: SECURITY_HEADERS, codeOf: codeOfStatus }),
  })
  const app = await NestFactory.create<NestFastifyApplication>(ConsoleModule.forRoot(runtime, options), adapter, {
    logger: ['error', 'warn'],
  })
  const fastify = adapter.getInstance()
  requireOwnOrigin(fastify, options.publicUrl)
  authenticate(fastify, app.get(Authenticator))
  nameTenants(fastify, (request) => actorOf(request)?.org)
  giveDocsNonces(fastify)
  acceptLargeSets(fastify)
  acceptEvidenceUploads(fastify, {
    database: runtime.database,
    evidence: options.evidence,
  })
  addRoutes(fastify, healthRoutes(runtime.readiness))
  await app.register(fastifyStatic, {
    root: app.get<string | undefined>(PAGE_FOLDER) ?? __dirname,
    serve: false,
    etag: true,
  })
  setUpDocs(app)
  await app.init()
  await fastify.ready()
  return app
}

/**
 * Any address where a proxy with TLS is before it (`PUBLIC_URL`), and in a container, whose port is published on its host's
 * loopback address only; else the loopback address: passwords and sessions must not travel in clear.
 */
export const mayListenOn = ({ host, contained = false }: Listening, publicUrl?: string): boolean =>
  contained || publicUrl?.startsWith('https://') === true || LOOPBACK.includes(host)

export interface Listening {
  readonly host: string
  readonly port: number
  readonly contained?: boolean
}

/** @throws RangeError for an address that it may not listen on */
export async function serveConsole(
  runtime: Runtime,
  options: ConsoleOptions,
  listen: Listening,
): Promise<NestFastifyApplication> {
  if (!mayListenOn(listen, options.publicUrl))
    throw new RangeError('the console listens on the loopback address only, unless PUBLIC_URL is an https address')
  const app = await buildConsole(runtime, options)
  await app.listen(listen.port, listen.host)
  return app
}

/** `/docs` and `/openapi.json`. */
function setUpDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    // Its bar at the top writes a style element of its own, which the content security policy refuses.
    swaggerOptions: { layout: 'BaseLayout' },
  })
}
