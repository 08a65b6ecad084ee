import { Controller, Get, HttpException, Logger, Param, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { EVIDENCE_PATH, ShowEvidence } from '#case-handling'

/** Who comes with a link is a marketplace that was sent it; nobody is asked for his name, so nothing here may be guessed. */
@ApiExcludeController()
@Controller(EVIDENCE_PATH)
export class EvidenceController {
  private readonly log = new Logger('gateway')

  constructor(private readonly questions: QueryBus) {}

  /** `HEAD` is answered by the same, without the bytes. */
  @Get(':name')
  async show(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const piece = await this.questions.execute(new ShowEvidence(name)).catch((error: unknown) => {
      this.log.error(
        `a piece of evidence could not be shown: ${error instanceof Error ? error.constructor.name : 'unknown error'}`,
      )
      throw new HttpException('Not to be had just now. Come again.', 503)
    })
    if (piece === undefined) throw new HttpException('There is nothing at this address.', 404)
    await reply
      .header('content-type', piece.type)
      .header('x-content-type-options', 'nosniff')
      // Whatever a file may hold, in a browser it is a picture and nothing more.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, no-store')
      .header('x-robots-tag', 'noindex')
      .send(piece.bytes)
  }
}
