import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { adviceOf, guidanceOf } from '#after-sale'
import { observancesOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { FreightToCheckQuery, SubjectQuery } from '#read-models'
import { problemAnswer } from '../openapi/answer-schemas'
import { CaseParams } from '../cases/cases.request'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound } from '../problems/problem.filter'
import { Paged } from '../input/paging.request'
import { rowOf } from '../queue/case-row'
import { Scope } from '../core/scope'

const { customsOf } = observancesOf(MARKETPLACES)

/** What the rules of the trade say of a case to whoever handles it. */
@ApiTags('cases')
@Controller('api')
export class GuidanceController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get('cases/:id/guidance')
  @ApiOperation({
    summary:
      'Who bears the freight, when the money arrives, what must be talked about first: in words, and as values (fen, UTC ms)',
  })
  @ApiNotFoundResponse(problemAnswer)
  async guidance(@Param() { id }: CaseParams): Promise<unknown> {
    const subject = await this.questions.execute(new SubjectQuery(this.scope.org, id, this.parts.clock()))
    if (subject === undefined) throw notFound()
    const terms = { ...customsOf(subject.afterSale.marketplace), ...subject.terms }
    const guidance = guidanceOf({ ...subject, terms })
    return { advice: adviceOf(guidance, terms.zoneMinutes), ...guidance }
  }

  @Get('freight-to-check')
  @ApiOperation({
    summary:
      'Cases that wait for us and whose freight may have to be refunded beside the goods: the marketplace does not always do it (R123)',
  })
  async freightToCheck(@Query() { limit, cursor }: Paged): Promise<unknown> {
    const stores = await this.scope.storesAsked(undefined, undefined)
    const { items, ...rest } = await this.questions.execute(
      new FreightToCheckQuery(this.scope.org, stores, limit, cursor),
    )
    const [nameOf, now] = [await this.scope.names(), this.parts.clock()]
    return { items: items.map((item) => rowOf(item, nameOf, now)), ...rest }
  }
}
