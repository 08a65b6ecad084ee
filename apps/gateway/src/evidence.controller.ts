import { Controller, Get, HttpException, Logger, Param, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { EVIDENCE_PATH, ShowEvidence } from '#case-handling'

/** Serves evidence to marketplaces that were sent a link. There is no log-in: a link cannot be guessed (capability URL). */
@ApiExcludeController()
@Controller(EVIDENCE_PATH)
export class EvidenceController {
  private readonly log = new Logger('gateway')

  constructor(private readonly questions: QueryBus) {}

  /** Fastify answers `HEAD` with the same headers. */
  @Get(':name')
  async show(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const piece = await this.questions.execute(new ShowEvidence(name)).catch((error: unknown) => {
      this.log.error(
        `a piece of evidence could not be shown: ${error instanceof Error ? error.constructor.name : 'unknown error'}`,
      )
      throw new HttpException('Temporarily unavailable. Retry later.', 503)
    })
    if (piece === undefined) throw new HttpException('Not found.', 404)
    await reply
      .header('content-type', piece.type)
      .header('x-content-type-options', 'nosniff')
      // Whatever a file contains, a browser must not run it.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, no-store')
      .header('x-robots-tag', 'noindex')
      .send(piece.bytes)
  }
}
