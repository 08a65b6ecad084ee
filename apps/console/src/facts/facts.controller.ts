import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { ActionFacts } from '#after-sale'
import { SubmitFacts } from '#case-handling'
import { Problems } from '../openapi/problems'
import { CaseParams } from '../cases/cases.request'
import { KnownFacts } from './facts.answer'
import { RecordFactsRequest } from './facts.request'
import { Operator } from '../core/operator'
import { notFound } from '../problems/problem.filter'
import { Scope } from '../core/scope'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** Bodies to try out on /docs; facts that are left out keep their values. */
const FACTS_EXAMPLES: Record<string, { value: object }> = {
  'A chat about shoes': { value: { chatExists: true, category: 'shoes' } },
  'What the buyer agreed to, fen': { value: { agreedPayment: 500, smallPaid: 0 } },
}

@ApiTags('Facts')
@Controller('api/cases/:id/facts')
export class FactsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly scope: Scope,
  ) {}

  @Post()
  @Permission('facts.write')
  @Audited('case.facts-recorded', 'case:{id}', '*')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Record facts of a case',
    description:
      'What no marketplace reports: whether there was a chat, what kind of goods it is, what the buyer agreed to. ' +
      'A fact counts until another value is recorded; strategies judge by it at once.',
  })
  @ApiBody({ type: RecordFactsRequest, examples: FACTS_EXAMPLES })
  @ApiOkResponse({ type: KnownFacts })
  @Problems('not-understood', 'not-found')
  async record(
    @Param() { id }: CaseParams,
    @Body() given: RecordFactsRequest,
    @Operator() operator: string,
  ): Promise<KnownFacts> {
    const facts = JSON.parse(JSON.stringify(given)) as ActionFacts
    const known = await this.commands.execute(
      new SubmitFacts(this.scope.org, { kind: 'person', id: operator }, id, facts),
    )
    if (known === undefined) throw notFound()
    return { facts: known }
  }
}
