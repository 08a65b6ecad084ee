import { Controller, HttpException, Logger, Param, Post, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import { CommandBus } from '@nestjs/cqrs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DeliveryVerdict } from '#case-handling'
import { AcceptDelivery, DeliveryAdmission } from '#case-handling'
import type { RawDelivery } from '#connectors'
import { Overloaded } from '#event-store'
import type { DeliveryOutcome } from '#runtime'
import { DeliveryTally } from './delivery-tally'
import { DISCARDED } from './receive-bodies'

/** The address of each app to which its marketplace pushes. Passes the bytes to `AcceptDelivery` and returns its answer. */
@ApiExcludeController()
@Controller('push')
export class PushController {
  private readonly log = new Logger('gateway')

  constructor(
    private readonly commands: CommandBus,
    private readonly admission: DeliveryAdmission,
    private readonly tally: DeliveryTally,
  ) {}

  @Post(':marketplace/:appKey')
  async push(
    @Param('marketplace') marketplace: string,
    @Param('appKey') appKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const arrived = performance.now()
    const count = (outcome: DeliveryOutcome): void =>
      this.tally.delivered(marketplace, outcome, (performance.now() - arrived) / 1_000)
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const verdict = await this.findVerdict(request.body === DISCARDED, marketplace, appKey, {
      headers: request.headers,
      body,
    }).catch((error: unknown) => {
      count(error instanceof Overloaded ? 'overloaded' : 'not-stored')
      this.log.error(
        `a delivery could not be stored: ${error instanceof Error ? error.constructor.name : 'unknown error'}`,
      )
      throw new HttpException('The delivery could not be stored. Send it again.', 503)
    })
    count(verdict.type)
    const answer =
      verdict.type === 'unknown-app' ? this.admission.answerForUnknownApp(marketplace, appKey) : verdict.answer
    // Unknown marketplaces get a plain 404.
    if (answer === undefined) throw new HttpException('No such marketplace pushes here.', 404)
    await reply.status(answer.status).header('content-type', 'application/json').send(answer.body)
  }

  /** A body is discarded only if its app was not found, so there is nothing to authenticate. */
  private async findVerdict(
    discarded: boolean,
    marketplace: string,
    appKey: string,
    delivery: RawDelivery,
  ): Promise<DeliveryVerdict> {
    return discarded
      ? { type: 'unknown-app' }
      : this.commands.execute(new AcceptDelivery(marketplace, appKey, delivery))
  }
}
