/**
 * The upper bound for acceptance: the same HTTP server with signature check and micro-batched insert, and nothing
 * else. Messages are stored unencrypted, and app and store are not looked up.
 */
import 'reflect-metadata'
import { createHash, timingSafeEqual } from 'node:crypto'
import { Controller, HttpException, Module, Post, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Pool } from 'pg'
import { MicroBatch } from '#event-store'
import { LARGEST_DELIVERY } from '../../../apps/gateway/src/serve'
import { APP } from '../bench-worker'

interface StoredMessage {
  readonly id: string
  readonly raw: Buffer
}

const INSERT = `
  WITH stored AS (
    INSERT INTO message (org, app, store, channel, digest, received_at, raw)
    SELECT 1, 1, NULL, 'push', substr(sha256(convert_to(id, 'UTF8')), 1, 16), $4, substring($1::bytea FROM at FOR length)
    FROM unnest($2::text[], $3::int[], $5::int[]) AS m(id, at, length)
    ON CONFLICT (app, digest) DO NOTHING RETURNING id, org
  ) INSERT INTO pending (message_id, org) SELECT id, org FROM stored`

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 2 })

function write(items: readonly StoredMessage[]): Promise<unknown> {
  let offset = 1
  const starts = items.map(({ raw }) => (offset += raw.length) - raw.length)
  return pool.query(INSERT, [
    Buffer.concat(items.map(({ raw }) => raw)),
    items.map(({ id }) => id),
    starts,
    Date.now(),
    items.map(({ raw }) => raw.length),
  ])
}

const batch = new MicroBatch<StoredMessage>(write, { writers: 2, rows: 500, waiting: 20_000 })

@Controller('push')
export class BareController {
  @Post(':marketplace/:appKey')
  async push(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = request.body as Buffer
    const genuine = createHash('md5').update(APP.appKey).update(body).update(APP.appSecret).digest()
    const claimed = Buffer.from(String(request.headers['event-sign']), 'hex')
    if (claimed.length !== genuine.length || !timingSafeEqual(claimed, genuine)) throw new HttpException('forged', 401)
    const messages = JSON.parse(body.toString('utf8')) as { msg_id: string }[]
    await batch.add(messages.map((message) => ({ id: message.msg_id, raw: Buffer.from(JSON.stringify(message)) })))
    await reply.status(200).header('content-type', 'application/json').send('{"code":0,"msg":"success"}')
  }
}

@Module({ controllers: [BareController] })
export class BareModule {}

async function main(): Promise<void> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_DELIVERY,
    requestTimeout: 10_000,
    connectionTimeout: 30_000,
    forceCloseConnections: true,
  })
  const app = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
    bodyParser: false,
    logger: ['error'],
  })
  const fastify = adapter.getInstance()
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  await app.listen(0, '127.0.0.1')
  console.log(`listening: ${await app.getUrl()}/push`)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
