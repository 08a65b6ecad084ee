import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { StoreTermsDocument, SwitchResult } from '#after-sale'
import { DEFAULT_FREIGHT, closeService, defaultStoreTerms, insuranceRenewalOf, openService, termsOf } from '#after-sale'
import { ChangeStoreTerms } from '#case-handling'
import { StoreTermsQuery, type StoreTermsGiven } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso } from '../core/instants'
import { Scope } from '../core/scope'
import { StoreTermsAnswer, StoreTermsVersion } from './store-terms.answer'
import { NumberParams, ChangeTermsRequest } from '../strategies/strategies.request'
import { strategyProblem } from '../strategies/strategy-problem'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** What policies need to know of a store: hours, reasons, return address, services. What is not set has a default. */
@ApiTags('Stores')
@Controller('api/stores/:id')
export class StoreTermsController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('terms')
  @Permission('stores.read')
  @ApiOperation({
    summary: 'Get the terms of a store',
    description: 'What the merchant set, and what counts with the defaults.',
  })
  @ApiOkResponse({ type: StoreTermsAnswer })
  @Problems('not-understood', 'not-found')
  async terms(@Param() { id }: NumberParams): Promise<StoreTermsAnswer> {
    await this.ours(id)
    const given = await this.given(id)
    const counts = given === undefined ? defaultStoreTerms : termsOf(given.document)
    return {
      version: given?.version ?? 0,
      document: given?.document ?? {},
      counts,
      freightInsurance: insuranceRenewalOf(counts.freightInsurance ?? [], DEFAULT_FREIGHT, this.clock()) ?? null,
      changedAt: given === undefined ? null : iso(given.changedAt),
      changedBy: given?.changedBy ?? null,
    }
  }

  @Put('terms')
  @Permission('stores.write')
  @Audited('store.terms-changed', 'store:{id}', 'after')
  @ApiOperation({
    summary: 'Change the terms of a store',
    description: 'Writes a new version. The advance refund is opened and closed by operations of its own.',
  })
  @ApiOkResponse({ type: StoreTermsVersion })
  @Problems('not-understood', 'not-written-here', 'document-unusable', 'not-granted', 'not-found', 'changed-meanwhile')
  async change(
    @Param() { id }: NumberParams,
    @Body() { document, after }: ChangeTermsRequest,
  ): Promise<StoreTermsVersion> {
    await this.ours(id)
    if ('advanceRefund' in document)
      throw problemOf('not-written-here', {
        errors: [
          {
            pointer: '#/document/advanceRefund',
            code: 'not-usable',
            detail: 'use …/advance-refund/open or …/close',
          },
        ],
      })
    const { advanceRefund } = (await this.given(id))?.document ?? ({} as StoreTermsDocument)
    return this.write(id, { ...document, ...(advanceRefund === undefined ? {} : { advanceRefund }) }, after)
  }

  @Post('advance-refund/open')
  @Permission('stores.write')
  @Audited('store.advance-refund-opened', 'store:{id}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Open the advance refund',
    description: 'From now on the platform advances refunds. It cannot be closed within 24 hours (R155).',
  })
  @ApiOkResponse({ type: StoreTermsVersion })
  @Problems('not-understood', 'not-granted', 'not-found', 'already-so', 'changed-meanwhile')
  open(@Param() { id }: NumberParams): Promise<StoreTermsVersion> {
    return this.switch(id, openService)
  }

  @Post('advance-refund/close')
  @Permission('stores.write')
  @Audited('store.advance-refund-closed', 'store:{id}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close the advance refund',
    description: 'Orders that were paid before keep the service (R157, R158).',
  })
  @ApiOkResponse({ type: StoreTermsVersion })
  @Problems('not-understood', 'not-granted', 'not-found', 'not-so', 'locked-for-a-day', 'changed-meanwhile')
  close(@Param() { id }: NumberParams): Promise<StoreTermsVersion> {
    return this.switch(id, closeService)
  }

  private async switch(
    id: number,
    turn: (spans: StoreTermsDocument['advanceRefund'] & object, now: number) => SwitchResult,
  ): Promise<StoreTermsVersion> {
    await this.ours(id)
    const given = await this.given(id)
    const document: StoreTermsDocument = given?.document ?? {}
    const switched = turn(document.advanceRefund ?? [], this.clock())
    if (switched.type === 'switched')
      return this.write(id, { ...document, advanceRefund: switched.spans }, given?.version ?? 0)
    if (switched.reason === 'LockedUntil')
      throw problemOf('locked-for-a-day', {
        detail: `Opened less than 24 hours ago: it can be closed from ${iso(switched.until)} on (R155).`,
      })
    throw switched.reason === 'AlreadyOn'
      ? problemOf('already-so', { detail: 'The service is open already.' })
      : problemOf('not-so', { detail: 'The service is not open.' })
  }

  private given(id: number): Promise<StoreTermsGiven | undefined> {
    return this.questions.execute(new StoreTermsQuery(this.scope.org, id))
  }

  private async write(id: number, document: unknown, after: number): Promise<StoreTermsVersion> {
    const author = this.scope.author(this.clock())
    const kept = await this.commands.execute(new ChangeStoreTerms(author, id, document, after))
    if (kept.type === 'refused') throw strategyProblem(kept.reason, kept.problems, 'document')
    return { version: kept.version }
  }

  private async ours(id: number): Promise<void> {
    if (!(await this.scope.stores()).some((store) => store.id === id)) throw notFound()
  }
}
