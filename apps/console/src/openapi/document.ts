import type { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { OpenAPIObject } from '@nestjs/swagger'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import type { Runtime } from '#runtime'
import { ConsoleModule } from '../console.module'
import type { ConsoleOptions } from '../core/core.module'
import { ProblemAnswer } from './problem.answer'
import { PROBLEMS_ANYWHERE, ANY_OTHER_PROBLEM } from './problems'
import { TAGS } from './tags'
import { TermAnswer } from './term.answer'

const API_DESCRIPTION = `After-sale cases of all marketplaces in one queue.

- Instants are ISO 8601 in UTC, money is integer fen (0.01 CNY), ids are strings. \`null\` means that something is unknown or absent, never zero.
- Errors are RFC 9457 problems with a stable \`code\`. Any operation can answer ${PROBLEMS_ANYWHERE.map((code) => `\`${code}\``).join(', ')}.
- Callers log in (\`POST /api/session\`; the session is a cookie) or send an API key as \`Authorization: Bearer shk_…\`. Each operation names the permission that it needs as \`x-permission\`; it shows only what belongs to the organisation and the stores of the caller. Who changes something is recorded.
- R001–R174 are rules of the trade; \`npm run rules\` lists them.
- Events are published to Kafka as [asyncapi.json](/asyncapi.json) describes.`

/** Builds the description of the API: what `/openapi.json` answers and what the page's types are generated from. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Shouhou 售后')
    .setDescription(API_DESCRIPTION)
    .setVersion('0.1.0')
    .addGlobalResponse({ status: 'default', ...ANY_OTHER_PROBLEM })
  for (const [name, description] of TAGS) builder.addTag(name, description)
  return SwaggerModule.createDocument(app, builder.build(), { extraModels: [ProblemAnswer, TermAnswer] })
}

/** Builds it without database or key: in preview mode Nest creates no provider and no controller. */
export async function buildDocumentWithoutDatabase(): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(
    ConsoleModule.forRoot({} as Runtime, {} as ConsoleOptions),
    new FastifyAdapter(),
    { preview: true, logger: false },
  )
  try {
    return buildOpenApiDocument(app)
  } finally {
    await app.close()
  }
}
