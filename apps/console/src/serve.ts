import fastifyStatic from '@fastify/static'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { SwaggerModule } from '@nestjs/swagger'
import { schemaMismatch } from '#event-store'
import { Readiness, answerOn, healthRoutes, refusedRequests } from '#runtime'
import { ConsoleModule } from './console.module'
import { giveDocsNonces } from './security/content-policy'
import { takeEvidenceBodies } from './evidence/evidence-body'
import { SECURITY_HEADERS, requireLocalOrigin } from './security/local-origin'
import { openApiDocumentOf } from './openapi/document'
import { pageFolderOf } from './page/page.controller'
import type { ConsoleParts } from './parts'
import { codeOfStatus } from './problems/problem-codes'

export type { ConsoleParts } from './parts'

/** Requests are small; a larger body is answered 413. */
const LARGEST_BODY = 16_384

/** Addresses that no other machine can reach. */
export const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** Builds the console without listening; tests inject requests. */
export async function buildConsole(parts: ConsoleParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_BODY,
    requestTimeout: 10_000,
    // Node takes the longer of the two for the whole request, and by default looks only every 30 seconds.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: true,
    ...refusedRequests({ headers: SECURITY_HEADERS, codeOf: codeOfStatus }),
  })
  const app = await NestFactory.create<NestFastifyApplication>(ConsoleModule.of(parts), adapter, {
    logger: ['error', 'warn'],
  })
  const fastify = adapter.getInstance()
  requireLocalOrigin(fastify)
  giveDocsNonces(fastify)
  takeEvidenceBodies(fastify, parts)
  answerOn(fastify, healthRoutes(parts.readiness ?? new Readiness(() => schemaMismatch(parts.database))))
  await app.register(fastifyStatic, { root: pageFolderOf(parts) ?? __dirname, serve: false, etag: true })
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
  parts: ConsoleParts,
  listen: { host: string; port: number; contained?: boolean },
): Promise<NestFastifyApplication> {
  if (!mayListenOn(listen))
    throw new RangeError('the console listens on the loopback address only, until people log in')
  const app = await buildConsole(parts)
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
