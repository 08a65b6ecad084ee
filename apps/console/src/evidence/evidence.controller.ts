import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiConsumes, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EvidenceFlaw } from '#after-sale'
import { DEFAULT_EVIDENCE_TERMS, EVIDENCE_FLAWS, evidenceFactsOf, lintEvidence } from '#after-sale'
import { JudgeEvidence, KeepEvidence } from '#case-handling'
import type { CaseEvidence } from '#read-models'
import { CaseEvidenceQuery } from '#read-models'
import { problemAnswer } from '../openapi/answer-schemas'
import { CaseParams } from '../cases/cases.request'
import { endingOf } from './evidence-body'
import { EvidenceRequest, JudgedRequest, PieceParams } from './evidence.request'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../queue/case-row'
import { Scope } from '../core/scope'

const PROBLEMS = {
  Empty: 'evidence-empty',
  TooLarge: 'too-large',
  TypeNotTaken: 'evidence-type',
  Malformed: 'evidence-damaged',
} as const

/** The evidence of a case: sealed at rest, given out as a file and never shown in the page's own place. */
@ApiTags('evidence')
@Controller('api/cases/:id/evidence')
export class EvidenceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Add a piece: the bytes themselves as the body. The same bytes again are the same piece' })
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/quicktime', 'application/pdf')
  @ApiNotFoundResponse(problemAnswer)
  async add(
    @Param() { id }: CaseParams,
    @Query() told: EvidenceRequest,
    @Operator() operator: string,
    @Req() { body }: FastifyRequest,
  ): Promise<unknown> {
    this.shelf()
    if (!Buffer.isBuffer(body)) throw problemOf('evidence-type')
    const answer = await this.commands.execute(new KeepEvidence(this.scope.org, operator, id, body, { ...told }))
    if (answer.type === 'kept')
      return shown(await this.ofCase(id), this.parts.clock()).find(({ hash }) => hash === answer.hash)
    if (answer.problem === 'NoSuchCase') throw notFound()
    throw problemOf(PROBLEMS[answer.problem])
  }

  @Get()
  @ApiOperation({ summary: 'What there is, with what is wrong with each piece (R066, R143)' })
  @ApiNotFoundResponse(problemAnswer)
  async all(@Param() { id }: CaseParams): Promise<unknown> {
    return { items: shown(await this.ofCase(id), this.parts.clock()) }
  }

  @Get(':hash')
  @ApiOperation({ summary: 'One piece, as a file' })
  @ApiNotFoundResponse(problemAnswer)
  async bytes(@Param() { id, hash }: PieceParams, @Res() reply: FastifyReply): Promise<void> {
    const piece = (await this.ofCase(id)).pieces.find((one) => one.hash === hash)
    const bytes = piece === undefined ? undefined : await this.shelf().get(this.scope.org, hash)
    if (piece === undefined || bytes === undefined) throw notFound()
    await reply
      .header('content-type', piece.type)
      .header('content-disposition', `attachment; filename="${hash.slice(0, 16)}.${endingOf(piece.type)}"`)
      .header('x-content-type-options', 'nosniff')
      .send(bytes)
  }

  @Post(':hash/judged')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Tell that the platform did not count a piece, or found it late: later appeals fail by it (R065)',
  })
  @ApiNotFoundResponse(problemAnswer)
  async judged(
    @Param() { id, hash }: PieceParams,
    @Body() { invalid, late }: JudgedRequest,
    @Operator() operator: string,
  ): Promise<unknown> {
    if (!(await this.commands.execute(new JudgeEvidence(this.scope.org, operator, id, hash, { invalid, late }))))
      throw notFound()
    return shown(await this.ofCase(id), this.parts.clock()).find((one) => one.hash === hash)
  }

  private async ofCase(id: string): Promise<CaseEvidence> {
    const found = await this.questions.execute(new CaseEvidenceQuery(this.scope.org, id))
    if (found === undefined) throw notFound()
    return found
  }

  private shelf(): NonNullable<ConsoleParts['evidence']> {
    if (this.parts.evidence !== undefined) return this.parts.evidence
    throw problemOf('no-evidence-place')
  }
}

interface ShownPiece {
  readonly hash: string
}

function shown({ pieces, afterSale }: CaseEvidence, now: number): ShownPiece[] {
  const { appliedAt } = afterSale
  const inspection = { now, terms: DEFAULT_EVIDENCE_TERMS, ...(appliedAt === undefined ? {} : { appliedAt }) }
  const linted = lintEvidence(pieces.map(evidenceFactsOf), inspection)
  return pieces.map((piece, i) => ({
    hash: piece.hash,
    kind: piece.kind,
    type: piece.type,
    bytes: piece.bytes,
    width: piece.width,
    height: piece.height,
    shows: piece.shows,
    capturedAt: isoOrNull(piece.captured_at),
    addedBy: piece.added_by,
    addedAt: iso(piece.added_at),
    keptUntil: iso(piece.keep_until),
    judgedInvalid: piece.judged_invalid,
    judgedLate: piece.judged_late,
    flaws: (linted[i]?.flaws ?? []).map(flawOf),
  }))
}

function flawOf(flaw: EvidenceFlaw): Record<string, unknown> {
  const { zh, en, weight, rule } = EVIDENCE_FLAWS[flaw]
  return { flaw, text: { zh, en }, weight, rule }
}
