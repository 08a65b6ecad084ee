import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiNotFoundResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger'
import { ArrayMaxSize, IsInt, Max, Min } from 'class-validator'
import type { ActionFacts } from '#after-sale'
import { SubmitFacts } from '#case-handling'
import { problemAnswer } from '../openapi/answer-schemas'
import { CaseParams } from '../cases/cases.request'
import { DisputeFactsRequest } from './dispute-facts.request'
import { Operator } from '../core/operator'
import { notFound } from '../problems/problem.filter'
import { Scope } from '../core/scope'
import { AsInstant, NestedList, Optional } from '../input/validation'

const INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }

class RoundRequest {
  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @AsInstant()
  @IsInt(INSTANT)
  startedAt: number

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the buyer answered.' })
  @Optional()
  @AsInstant()
  @IsInt(INSTANT)
  repliedAt?: number

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Until when he may answer, as the back office shows it.',
  })
  @Optional()
  @AsInstant()
  @IsInt(INSTANT)
  replyDue?: number
}

/** What can be told of a case once and for all; each fact stands until another is told. */
class TellRequest extends DisputeFactsRequest {
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the goods were shipped.' })
  @Optional()
  @AsInstant()
  @IsInt(INSTANT)
  shippedAt?: number

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the parcel was last seen to move.' })
  @Optional()
  @AsInstant()
  @IsInt(INSTANT)
  traceMovedAt?: number

  @ApiPropertyOptional({ type: [RoundRequest], description: 'The rounds of negotiation so far (R048–R055).' })
  @Optional()
  @ArrayMaxSize(20)
  @NestedList(() => RoundRequest)
  rounds?: RoundRequest[]

  @ApiPropertyOptional({ description: 'What the return cost the buyer, fen, as he showed it.' })
  @Optional()
  @IsInt({ message: 'must be whole fen' })
  @Min(0)
  @Max(100_000_000)
  returnFreight?: number
}

@ApiTags('actions')
@Controller('api/cases/:id/facts')
export class FactsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly scope: Scope,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Tell what no marketplace tells: a chat, the goods, what the buyer agreed to. Strategies judge by it at once',
  })
  @ApiNotFoundResponse(problemAnswer)
  async tell(@Param() { id }: CaseParams, @Body() told: TellRequest, @Operator() operator: string): Promise<unknown> {
    const facts = JSON.parse(JSON.stringify(told)) as ActionFacts
    const known = await this.commands.execute(
      new SubmitFacts(this.scope.org, { kind: 'person', id: operator }, id, facts),
    )
    if (known === undefined) throw notFound()
    return { facts: known }
  }
}
