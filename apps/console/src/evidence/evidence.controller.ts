import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EvidenceFlaw } from '#after-sale'
import { DEFAULT_EVIDENCE_TERMS, EVIDENCE_FLAWS, evidenceFactsOf, lintEvidence } from '#after-sale'
import { FILE_EXTENSIONS, JudgeEvidence, KeepEvidence } from '#case-handling'
import type { EvidenceStore } from '#case-handling'
import type { CaseEvidence } from '#read-models'
import { CaseEvidenceQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { CaseParams } from '../cases/cases.request'
import { fileExtensionOf } from './evidence-body'
import { EvidenceOfCase, EvidencePiece, type EvidenceFlawAnswer } from './evidence.answer'
import { EvidenceRequest, JudgedRequest, PieceParams } from './evidence.request'
import { Operator } from '../core/operator'
import { EVIDENCE_STORE } from '../tokens'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../core/instants'
import { Scope } from '../core/scope'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

const PROBLEM_OF_UPLOAD = {
  Empty: 'evidence-empty',
  TooLarge: 'too-large',
  TypeNotTaken: 'evidence-type',
  Malformed: 'evidence-damaged',
} as const

/** The evidence of a case: sealed at rest, sent as a download and never rendered on the page's own origin. */
@ApiTags('Evidence')
@Controller('api/cases/:id/evidence')
export class EvidenceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(EVIDENCE_STORE) private readonly evidence: EvidenceStore | undefined,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Permission('evidence.write')
  @Audited('evidence.added', 'case:{id}')
  @ApiOperation({
    summary: 'Add a piece of evidence',
    description: 'The body is the file itself. The same bytes again are the same piece.',
  })
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/quicktime', 'application/pdf')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: EvidencePiece })
  @Problems(
    'not-understood',
    'evidence-empty',
    'not-found',
    'too-large',
    'wrong-content-type',
    'evidence-type',
    'evidence-damaged',
    'no-evidence-place',
  )
  async add(
    @Param() { id }: CaseParams,
    @Query() details: EvidenceRequest,
    @Operator() operator: string,
    @Req() { body }: FastifyRequest,
  ): Promise<EvidencePiece> {
    this.requireEvidenceStore()
    if (!Buffer.isBuffer(body)) throw problemOf('evidence-type')
    const answer = await this.commands.execute(new KeepEvidence(this.scope.org, operator, id, body, { ...details }))
    if (answer.type === 'kept') return this.requirePieceAnswer(id, answer.hash)
    if (answer.problem === 'NoSuchCase') throw notFound()
    throw problemOf(PROBLEM_OF_UPLOAD[answer.problem])
  }

  @Get()
  @Permission('cases.read')
  @ApiOperation({
    summary: 'List the evidence of a case',
    description: 'Each piece with its flaws (R066, R143).',
  })
  @ApiOkResponse({ type: EvidenceOfCase })
  @Problems('not-understood', 'not-found')
  async all(@Param() { id }: CaseParams): Promise<EvidenceOfCase> {
    return { items: pieceAnswersOf(await this.requireEvidence(id), this.clock()) }
  }

  @Get(':hash')
  @Permission('cases.read')
  @ApiOperation({ summary: 'Download a piece of evidence' })
  @ApiOkResponse({
    description: 'The file.',
    content: Object.fromEntries(
      Object.keys(FILE_EXTENSIONS).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    ),
  })
  @Problems('not-understood', 'not-found', 'sealed-unreadable', 'no-evidence-place')
  async bytes(@Param() { id, hash }: PieceParams, @Res() reply: FastifyReply): Promise<void> {
    const requirePieceAnswer = (await this.requireEvidence(id)).pieces.find((one) => one.hash === hash)
    const bytes =
      requirePieceAnswer === undefined ? undefined : await this.requireEvidenceStore().get(this.scope.org, hash)
    if (requirePieceAnswer === undefined || bytes === undefined) throw notFound()
    await reply
      .header('content-type', requirePieceAnswer.type)
      .header(
        'content-disposition',
        `attachment; filename="${hash.slice(0, 16)}.${fileExtensionOf(requirePieceAnswer.type)}"`,
      )
      .header('x-content-type-options', 'nosniff')
      .send(bytes)
  }

  @Post(':hash/judged')
  @Permission('evidence.write')
  @Audited('evidence.judged', 'case:{id}', 'hash', 'invalid', 'late')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Record the platform’s judgement of a piece',
    description: 'That it did not count, or came too late: later appeals fail by it (R065).',
  })
  @ApiOkResponse({ type: EvidencePiece })
  @Problems('not-understood', 'not-found')
  async judged(
    @Param() { id, hash }: PieceParams,
    @Body() { invalid, late }: JudgedRequest,
    @Operator() operator: string,
  ): Promise<EvidencePiece> {
    if (!(await this.commands.execute(new JudgeEvidence(this.scope.org, operator, id, hash, { invalid, late }))))
      throw notFound()
    return this.requirePieceAnswer(id, hash)
  }

  private async requirePieceAnswer(id: string, hash: string): Promise<EvidencePiece> {
    const requirePieceAnswer = pieceAnswersOf(await this.requireEvidence(id), this.clock()).find(
      (one) => one.hash === hash,
    )
    if (requirePieceAnswer === undefined) throw notFound()
    return requirePieceAnswer
  }

  private async requireEvidence(id: string): Promise<CaseEvidence> {
    const found = await this.questions.execute(new CaseEvidenceQuery(this.scope.org, id))
    if (found === undefined) throw notFound()
    return found
  }

  private requireEvidenceStore(): EvidenceStore {
    if (this.evidence !== undefined) return this.evidence
    throw problemOf('no-evidence-place')
  }
}

function pieceAnswersOf({ pieces, afterSale }: CaseEvidence, now: number): EvidencePiece[] {
  const { appliedAt } = afterSale
  const inspection = { now, terms: DEFAULT_EVIDENCE_TERMS, ...(appliedAt === undefined ? {} : { appliedAt }) }
  const flawsOfPieces = lintEvidence(pieces.map(evidenceFactsOf), inspection)
  return pieces.map((requirePieceAnswer, i) => ({
    hash: requirePieceAnswer.hash,
    kind: requirePieceAnswer.kind,
    type: requirePieceAnswer.type,
    bytes: requirePieceAnswer.bytes,
    width: requirePieceAnswer.width,
    height: requirePieceAnswer.height,
    shows: requirePieceAnswer.shows,
    capturedAt: isoOrNull(requirePieceAnswer.capturedAt),
    addedBy: requirePieceAnswer.addedBy,
    addedAt: iso(requirePieceAnswer.addedAt),
    keptUntil: iso(requirePieceAnswer.keepUntil),
    judgedInvalid: requirePieceAnswer.judgedInvalid,
    judgedLate: requirePieceAnswer.judgedLate,
    flaws: (flawsOfPieces[i]?.flaws ?? []).map(flawAnswerOf),
  }))
}

function flawAnswerOf(flaw: EvidenceFlaw): EvidenceFlawAnswer {
  const { zh, en, weight, rule } = EVIDENCE_FLAWS[flaw]
  return { flaw, text: { zh, en }, weight, rule }
}
