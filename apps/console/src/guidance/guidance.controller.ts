import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { adviceOf, guidanceOf } from '#after-sale'
import { requirementsOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { FreightToCheckQuery, SubjectQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { CaseParams } from '../cases/cases.request'
import { notFound } from '../problems/problem.filter'
import { PageRequest } from '../input/paging.request'
import { Problems } from '../openapi/problems'
import { caseRowOf } from '../queue/case-row'
import { FreightToCheckPage, GuidanceAnswer } from './guidance.answer'
import { Assignees } from '../core/assignees'
import { Scope } from '../core/scope'
import { Permission } from '../security/permission'

const { defaultTermsOf } = requirementsOf(MARKETPLACES)

/** What the trade rules say of a case to the person who handles it. */
@ApiTags('Cases')
@Controller('api')
export class GuidanceController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly assignees: Assignees,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('cases/:id/guidance')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'Get guidance on a case',
    description: 'Who bears the freight, when the money arrives, whether to negotiate first: in words, and as values.',
  })
  @ApiOkResponse({ type: GuidanceAnswer })
  @Problems('not-understood', 'not-found')
  async guidance(@Param() { id }: CaseParams): Promise<GuidanceAnswer> {
    const subject = await this.questions.execute(new SubjectQuery(this.scope.org, id, this.clock()))
    if (subject === undefined) throw notFound()
    const terms = { ...defaultTermsOf(subject.afterSale.marketplace), ...subject.terms }
    const guidance = guidanceOf({ ...subject, terms })
    return { advice: adviceOf(guidance, terms.zoneMinutes), ...guidance }
  }

  @Get('freight-to-check')
  @Permission('queue.read')
  @ApiOperation({
    summary: 'List cases whose freight must be checked',
    description:
      'Cases that wait for us and whose freight may have to be refunded besides the goods: the marketplace does not always do it (R123).',
  })
  @ApiOkResponse({ type: FreightToCheckPage })
  @Problems('not-understood', 'wrong-cursor')
  async freightToCheck(@Query() { limit, cursor }: PageRequest): Promise<FreightToCheckPage> {
    const stores = await this.scope.selectStores(undefined, undefined)
    const { items, ...rest } = await this.questions.execute(
      new FreightToCheckQuery(this.scope.org, stores, limit, cursor),
    )
    const [nameOf, now] = [await this.scope.storeNames(), this.clock()]
    return this.assignees.addTo({ items: items.map((item) => caseRowOf(item, nameOf, now)), ...rest })
  }
}
