import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import {
  ApiAcceptedResponse,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import { logOperator } from '#ledgers'
import type { DeadLetterSummary } from '#messaging'
import { deadLetter, deadLetters, sourceOf, requestResend } from '#messaging'
import { problemAnswer, refTo } from '../openapi/answer-schemas'
import { DeadLetterParams, DeadLettersRequest } from './dead-letters.request'
import { maskPersonalData, withoutPhones } from '../core/mask-personal-data'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound } from '../problems/problem.filter'
import { Scope } from '../core/scope'

/** Messages of Kafka that did not get where they should: to look at, and to send again after a fix. */
@ApiTags('dead letters')
@Controller('api/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly database: DataSource,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Messages that could not be told, or that a consumer could not take, oldest first, with the reason',
  })
  @ApiOkResponse({ schema: refTo('DeadLettersPage') })
  async list(@Query() { cursor, limit }: DeadLettersRequest): Promise<unknown> {
    const letters = await deadLetters(this.database, {
      source: this.ours(),
      limit: limit + 1,
      ...(cursor === undefined ? {} : { after: cursor }),
    })
    const items = letters.slice(0, limit)
    return { items: items.map(lineOf), next: letters.length > limit ? String(items.at(-1)?.id) : null }
  }

  @Get(':id')
  @ApiOperation({ summary: 'One such message with its headers and its text; names, phones and addresses masked' })
  @ApiOkResponse({ schema: refTo('DeadLetter') })
  @ApiNotFoundResponse(problemAnswer)
  async one(@Param() { id }: DeadLetterParams): Promise<unknown> {
    const letter = await deadLetter(this.database, id, this.ours())
    if (letter === undefined) throw notFound()
    const headers = Object.fromEntries(
      Object.entries(letter.headers).map(([name, text]) => [name, withoutPhones(String(text))]),
    )
    const { value } = letter
    const text = maskPersonalData(value.toString('utf8'))
    return { ...lineOf({ ...letter, bytes: value.length }), headers, text: cut(text) }
  }

  @Post(':id/send-again')
  @HttpCode(202)
  @ApiHeader({ name: 'x-operator', required: true, description: 'Who does it; it is kept in the record.' })
  @ApiOperation({
    summary: 'Send it once more, under its id, after a fix; the worker that publishes does it in a moment',
  })
  @ApiAcceptedResponse({ schema: refTo('DeadLetterWanted') })
  @ApiNotFoundResponse(problemAnswer)
  async sendAgain(@Param() { id }: DeadLetterParams, @Operator() by: string): Promise<unknown> {
    const author = { org: this.scope.org, by, at: this.parts.clock() }
    const wanted = await this.database.transaction(async (manager) => {
      const found = await requestResend(manager, id, this.ours())
      if (found) await logOperator(manager, author, 'dead-letter.send-again', id)
      return found
    })
    if (!wanted) throw notFound()
    return { id: String(id), wanted: true }
  }

  private ours(): string {
    return sourceOf(this.scope.org)
  }
}

/** Longer values are cut where they are shown; the stored bytes are whole. */
const LONGEST_SHOWN = 262_144
const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text)

const lineOf = ({
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
}: DeadLetterSummary): Record<string, unknown> => ({
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
