import { Controller, HttpException, Logger, Param, Post, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import { CommandBus } from '@nestjs/cqrs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AcceptDelivery } from '#case-handling'

/**
 * Where marketplaces push to: one address an app. Everything that matters is in the command; here it only gets its
 * bytes and its answer.
 */
@ApiExcludeController()
@Controller('push')
export class PushController {
  private readonly log = new Logger('gateway')

  constructor(private readonly commands: CommandBus) {}

  @Post(':marketplace/:appKey')
  async push(
    @Param('marketplace') marketplace: string,
    @Param('appKey') appKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const answer = await this.commands
      .execute(new AcceptDelivery(marketplace, appKey, { headers: request.headers, body }))
      .catch((error: unknown) => {
        this.log.error(`a delivery could not be stored: ${error instanceof Error ? error.constructor.name : 'unknown error'}`)
        throw new HttpException('The delivery could not be stored. Send it again.', 503)
      })
    if (answer === 'unknown-app') throw new HttpException('No app is registered at this address.', 404)
    await reply.status(answer.status).header('content-type', 'application/json').send(answer.body)
  }
}
