import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { EntityManager } from 'typeorm'
import { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { audited, buyerOpeningOf } from '#access'
import type { Clock } from '#case-handling'
import { casesOfSameBuyer, previewErasure, requestErasure } from '#case-handling'
import { erasureOfCase, erasureWithRequestId, lockErasureRequests } from '#ledgers'
import { CaseDetailsQuery, casesWithPhone } from '#read-models'
import { CLOCK, VAULT } from '#runtime'
import { countNotes } from '#teamwork'
import { IdempotencyKey } from '../actions/idempotency-key'
import { CaseParams } from '../cases/cases.request'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { AuditsItself } from '../security/audited'
import { currentPerson } from '../security/current-actor'
import { Permission, RecentProof } from '../security/permission'
import { ErasureAnswer, ErasureOverview } from './erasure.answer'
import { casesAnswer, erasureAnswer } from './erasure-answers'
import { ErasureRequestBody, MOST_CASES } from './erasure.request'

/**
 * A buyer is erased from all cases of the organisation, so only by who may see all of its stores. The console requests it, the
 * workers carry it out. What the preview listed is sent with the request, and no more and no less is erased.
 */
@ApiTags('Cases')
@Controller('api/cases/:id/buyer/erasure')
export class ErasureController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly database: DataSource,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('personal.erase')
  @ApiOperation({
    summary: 'Preview the erasure of a buyer',
    description: 'What would be erased; once it was requested, how far it is.',
  })
  @ApiOkResponse({ type: ErasureOverview })
  @Problems('not-understood', 'not-found', 'erasure-of-all-stores', 'erasure-too-large', 'sealed-unreadable')
  async overview(@Param() { id }: CaseParams): Promise<ErasureOverview> {
    await this.requireCase(id)
    const { manager } = this.database
    const { org } = this.scope
    const storeNames = await this.scope.storeNames()
    const requested = await erasureOfCase(manager, org, id)
    if (requested !== undefined)
      return {
        erasure: await erasureAnswer(manager, org, requested, storeNames),
        ...{ cases: [], messages: 0, pieces: 0, notes: 0 },
      }
    const { cases, messages, pieces } = await this.preview(manager, id)
    const notes = await countNotes(
      manager,
      org,
      cases.map((one) => one.id),
    )
    return { erasure: null, cases: casesAnswer(cases, storeNames), messages, pieces, notes }
  }

  @Post()
  @Permission('personal.erase')
  @AuditsItself('buyer.erasure-requested', 'case:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true, schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({
    summary: 'Erase a buyer',
    description:
      'For good: name, phone, messages, evidence and notes of all cases with the same phone number. Totals and history stay. Sent again with the same id it is the same erasure.',
  })
  @ApiOkResponse({ type: ErasureAnswer })
  @Problems(
    'not-understood',
    'idempotency-key-missing',
    'not-found',
    'reauthentication-required',
    'erasure-of-all-stores',
    'erasure-not-confirmed',
    'erasure-of-open-cases',
    'erasure-action-under-way',
    'erasure-too-large',
    'already-so',
    'conflict',
    'changed-meanwhile',
    'sealed-unreadable',
  )
  async erase(
    @Param() { id }: CaseParams,
    @Body() { reason: why, caseNumber, cases: shown, withOpen }: ErasureRequestBody,
    @IdempotencyKey() requestId: string,
  ): Promise<ErasureAnswer> {
    const person = currentPerson()
    if ((await this.requireCase(id)) !== caseNumber) throw problemOf('erasure-not-confirmed')
    const { org } = this.scope
    const now = this.clock()
    const { by } = this.scope.author(now)
    const storeNames = await this.scope.storeNames()
    return this.database.transaction(async (manager) => {
      await lockErasureRequests(manager, org)
      const ofCase = await erasureOfCase(manager, org, id)
      const repeated = await erasureWithRequestId(manager, org, requestId)
      if (repeated !== undefined) {
        if (repeated.id === ofCase?.id) return erasureAnswer(manager, org, repeated, storeNames)
        throw problemOf('conflict', { detail: 'This id was used for the erasure of another buyer.' })
      }
      if (ofCase !== undefined) throw problemOf('already-so')
      const { cases } = await this.preview(manager, id)
      const confirmed = new Set(shown)
      if (cases.length !== confirmed.size || !cases.every((one) => confirmed.has(one.id)))
        throw problemOf('changed-meanwhile')
      const answer = await requestErasure(manager, { org, cases: shown, why, by, withOpen, requestId, now })
      if (answer.type === 'nothing') throw problemOf('already-so')
      if (answer.type === 'refused')
        throw problemOf(answer.because === 'open' ? 'erasure-of-open-cases' : 'erasure-action-under-way')
      await audited(manager, person, 'buyer.erasure-requested', `case:${id}`, {
        ...{ why, cases: answer.cases, withOpen, erasure: answer.erasure },
      })
      const requested = await erasureOfCase(manager, org, id)
      if (requested === undefined) throw new Error(`the request of an erasure does not cover its case ${id}`)
      return erasureAnswer(manager, org, requested, storeNames)
    })
  }

  /** The number of the case. @throws Problem where the caller does not see it, or not all stores */
  private async requireCase(id: string): Promise<string> {
    const { org, storeLimit } = this.scope
    const found = await this.questions.execute(new CaseDetailsQuery(org, id, storeLimit))
    if (found === undefined) throw notFound()
    if (storeLimit !== undefined) throw problemOf('erasure-of-all-stores')
    return found.afterSale.caseNumber
  }

  private async preview(manager: EntityManager, id: string): ReturnType<typeof previewErasure> {
    const { org } = this.scope
    const ids = await casesOfSameBuyer(manager, { opening: buyerOpeningOf(this.vault), casesWithPhone }, org, id)
    if (ids === undefined) throw notFound()
    if (ids.length > MOST_CASES) throw problemOf('erasure-too-large')
    return previewErasure(manager, org, ids)
  }
}
