import { Controller, Get, Inject, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Vault } from '#access'
import { fingerprintsOf } from '#access'
import { CaseSearchQuery, type SearchTerm } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK, VAULT } from '#runtime'
import { problemOf } from '../problems/problem.filter'
import { Problems } from '../openapi/problems'
import { casePageOf } from '../queue/case-row'
import { CasePage } from '../queue/queue.answer'
import { Assignees } from '../core/assignees'
import { Scope } from '../core/scope'
import { TailSearches } from './tail-searches'
import { SearchRequest } from './search.request'
import { Permission } from '../security/permission'

@ApiTags('Queue')
@Controller('api/search')
export class SearchController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly assignees: Assignees,
    private readonly tailSearches: TailSearches,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('queue.read')
  @ApiOperation({
    summary: 'Search cases',
    description:
      'By exactly one of: order number, buyer name, buyer phone (whole or last four digits), time of application. ' +
      'Finished cases are searched, too. Names and phones are stored as keyed hashes, so only whole ones are found.',
  })
  @ApiOkResponse({ type: CasePage })
  @Problems('not-understood', 'wrong-cursor', 'search-by-one', 'too-many-searches')
  async search(@Query() request: SearchRequest): Promise<CasePage> {
    const term = this.termOf(request)
    if (term.by === 'phone-tail') await this.tailSearches.admit()
    const page = await this.questions.execute(
      new CaseSearchQuery(this.scope.org, term, request.limit, request.cursor, this.scope.storeLimit),
    )
    return this.assignees.addTo(casePageOf(page, await this.scope.storeNames(), this.clock()))
  }

  private termOf({ order, name, phone, appliedFrom, appliedTo }: SearchRequest): SearchTerm {
    const { vault } = this
    const { org } = this.scope
    const terms: SearchTerm[] = []
    if (order !== undefined) terms.push({ by: 'order', orderNumber: order.trim() })
    if (name !== undefined) terms.push({ by: 'name', hashes: fingerprintsOf.name(vault, org, name) })
    if (phone !== undefined) terms.push(phoneTerm(phone, (kind, digits) => fingerprintsOf[kind](vault, org, digits)))
    if (appliedFrom !== undefined || appliedTo !== undefined)
      terms.push({
        by: 'applied',
        ...(appliedFrom === undefined ? {} : { from: appliedFrom }),
        ...(appliedTo === undefined ? {} : { before: appliedTo }),
      })
    const [term] = terms
    if (term === undefined || terms.length > 1) throw problemOf('search-by-one')
    return term
  }
}

/** People copy numbers with a country code, blanks and dashes. */
function phoneTerm(
  text: string,
  hashesOf: (kind: 'phone' | 'phoneTail', digits: string) => readonly string[],
): SearchTerm {
  const digits = text.replace(/\D/g, '')
  if (digits.length === 4) return { by: 'phone-tail', hashes: hashesOf('phoneTail', digits) }
  return {
    by: 'phone',
    hashes: hashesOf('phone', digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits),
  }
}
