import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import { logOperator } from '#ledgers'
import type { DeadLetterSummary } from '#messaging'
import { deadLetter, deadLetters, requestResend, sourceOf } from '#messaging'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { DeadLetterAnswer, DeadLetterWanted, DeadLettersPage, type DeadLetterItem } from './dead-letter.answer'
import { DeadLetterParams, DeadLettersRequest } from './dead-letters.request'
import { maskPersonalData, maskPhones } from '../core/mask-personal-data'
import { notFound } from '../problems/problem.filter'
import { Scope } from '../core/scope'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** Kafka messages that failed: to inspect, and to send again after a fix. */
@ApiTags('Dead letters')
@Controller('api/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly database: DataSource,
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('deadLetters.read')
  @ApiOperation({
    summary: 'List the dead letters',
    description:
      'Kafka messages that could not be published, or that a consumer could not process, oldest first, with the reason.',
  })
  @ApiOkResponse({ type: DeadLettersPage })
  @Problems('not-understood')
  async list(@Query() { cursor, limit }: DeadLettersRequest): Promise<DeadLettersPage> {
    const letters = await deadLetters(this.database, {
      source: this.ownSource(),
      stores: this.scope.storeLimit,
      limit: limit + 1,
      ...(cursor === undefined ? {} : { after: cursor }),
    })
    const items = letters.slice(0, limit)
    return { items: items.map(deadLetterItemOf), next: letters.length > limit ? String(items.at(-1)?.id) : null }
  }

  @Get(':id')
  @Permission('deadLetters.read')
  @ApiOperation({
    summary: 'Get a dead letter',
    description: 'With its headers and its text; names, phones and addresses are masked.',
  })
  @ApiOkResponse({ type: DeadLetterAnswer })
  @Problems('not-understood', 'not-found')
  async one(@Param() { id }: DeadLetterParams): Promise<DeadLetterAnswer> {
    const letter = await deadLetter(this.database, id, this.ownSource(), this.scope.storeLimit)
    if (letter === undefined) throw notFound()
    const headers = Object.fromEntries(
      Object.entries(letter.headers).map(([name, text]) => [name, maskPhones(String(text))]),
    )
    const { value } = letter
    const text = maskPersonalData(value.toString('utf8'))
    return { ...deadLetterItemOf({ ...letter, bytes: value.length }), headers, text: truncate(text) }
  }

  @Post(':id/send-again')
  @Permission('deadLetters.write')
  @Audited('dead-letter.sent-again', 'dead-letter:{id}')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a dead letter again',
    description: 'After a fix, under the same id. The worker that publishes does it in a moment.',
  })
  @ApiAcceptedResponse({ type: DeadLetterWanted })
  @Problems('not-understood', 'not-found')
  async sendAgain(@Param() { id }: DeadLetterParams): Promise<DeadLetterWanted> {
    const author = this.scope.author(this.clock())
    const wanted = await this.database.transaction(async (manager) => {
      const found = await requestResend(manager, id, this.ownSource(), this.scope.storeLimit)
      if (found) await logOperator(manager, author, 'dead-letter.send-again', id)
      return found
    })
    if (!wanted) throw notFound()
    return { id: String(id), wanted: true }
  }

  /** The CloudEvents source of our organisation: dead letters are kept by it. */
  private ownSource(): string {
    return sourceOf(this.scope.org)
  }
}

/** 256 Ki characters; longer values are cut when shown, never when stored. */
const MAX_SHOWN_CHARACTERS = 262_144
const truncate = (text: string): string =>
  text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)} …` : text

const deadLetterItemOf = ({
  id,
  consumer,
  eventId,
  topic,
  key,
  headers,
  bytes,
  reason,
  at,
  wantedAgainAt,
  sentAgainAt,
}: DeadLetterSummary): DeadLetterItem => ({
  id: String(id),
  consumer,
  eventId,
  type: headers['ce_type'] ?? null,
  topic,
  caseId: key,
  reason,
  bytes,
  at: at.toISOString(),
  wantedAgainAt: wantedAgainAt?.toISOString() ?? null,
  sentAgainAt: sentAgainAt?.toISOString() ?? null,
})
