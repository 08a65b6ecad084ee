import type { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { OpenAPIObject } from '@nestjs/swagger'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { withAnswers } from './answer-schemas'
import { ConsoleModule } from '../console.module'
import type { ConsoleParts } from '../parts'

/** The description of the API: what `/openapi.json` answers and what the page's types are generated from. */
export function openApiDocumentOf(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Shouhou 售后')
    .setDescription(
      'After-sale cases of all marketplaces in one queue. Instants are ISO 8601 in UTC, money is integer fen, errors are RFC 9457 problems. ' +
        'What is told over Kafka is in [asyncapi.json](/asyncapi.json).',
    )
    .setVersion('0.1.0')
    .build()
  return withAnswers(SwaggerModule.createDocument(app, about))
}

/** In preview mode Nest makes no provider and no controller, so that neither database nor key is needed. */
export async function describeWithoutDatabase(): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(
    ConsoleModule.of({} as ConsoleParts),
    new FastifyAdapter(),
    { preview: true, logger: false },
  )
  try {
    return openApiDocumentOf(app)
  } finally {
    await app.close()
  }
}
