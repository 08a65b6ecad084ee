import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import type { ClearBuyer, Vault } from '#access'
import { actorRef, audited, openBuyer, takeFromQuota } from '#access'
import { CaseDetailsQuery } from '#read-models'
import { VAULT } from '#runtime'
import { CaseParams } from '../cases/cases.request'
import { iso } from '../core/instants'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { AuditsItself } from '../security/audited'
import { currentPerson } from '../security/current-actor'
import { Permission, RecentProof } from '../security/permission'
import { REVEALS_A_DAY } from '../tokens'
import { RevealedBuyer } from './buyers.answer'
import { RevealRequest } from './buyers.request'

const DAY_MS = 24 * 3_600_000

/** A buyer's name and phone are masked everywhere; here one of them is shown, to one person, for a reason. */
@ApiTags('Cases')
@Controller('api/cases/:id/buyer')
export class BuyersController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly database: DataSource,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(REVEALS_A_DAY) private readonly revealsADay: number,
  ) {}

  @Post('reveal')
  @Permission('personal.reveal')
  @AuditsItself('personal.revealed', 'case:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Reveal the name or phone of a buyer',
    description:
      'Needs a reason and a recent proof of who asks. Each is in the audit; a person has a number of them a day.',
  })
  @ApiOkResponse({ type: RevealedBuyer })
  @Problems('not-understood', 'not-found', 'reauthentication-required', 'reveals-spent', 'sealed-unreadable')
  async reveal(@Param() { id }: CaseParams, @Body() { field, reason }: RevealRequest): Promise<RevealedBuyer> {
    const person = currentPerson()
    const found = await this.questions.execute(new CaseDetailsQuery(this.scope.org, id, this.scope.storeLimit))
    if (found === undefined) throw notFound()
    const { buyer } = found.afterSale
    const clear: ClearBuyer = buyer === undefined ? {} : openBuyer(this.vault, person.org, id, buyer)
    // Answered only once the entry is durable.
    const left = await this.database.transaction(async (manager) => {
      const quota = { most: this.revealsADay, spanMs: DAY_MS }
      const answer = await takeFromQuota(manager, person.org, `reveal/${actorRef(person)}`, quota)
      if (answer.outcome === 'spent')
        throw problemOf('reveals-spent', {
          detail: `All ${this.revealsADay} of today are spent. More from ${iso(answer.until)} on.`,
          more: { until: iso(answer.until) },
        })
      await audited(manager, person, 'personal.revealed', `case:${id}`, { field, reason, store: found.item.store })
      return answer.left
    })
    return { value: clear[field] ?? null, left }
  }
}
