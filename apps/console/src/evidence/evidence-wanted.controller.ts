import { Controller, Get, Inject, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { ActionName, AfterSaleCase, EvidencePlace, EvidenceRequirement } from '#after-sale'
import {
  CASE_REQUIREMENTS,
  DEFAULT_EVIDENCE_TERMS,
  EVIDENCE_PLACES,
  EVIDENCE_SUBJECTS,
  WORK_ORDER_REQUIREMENTS,
  appealRequirementsOf,
  closingOf,
  composePack,
  evidenceFactsOf,
  isUndecided,
} from '#after-sale'
import { connectorOf } from '#connectors'
import type { WantedEvidence } from '#read-models'
import { EvidenceWantedQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { PageSizeRequest } from '../input/paging.request'
import { iso, isoOrNull } from '../core/instants'
import { Problems } from '../openapi/problems'
import { Scope } from '../core/scope'
import { WantedEvidenceList, type WantedEvidenceAnswer } from './evidence-wanted.answer'
import { Permission } from '../security/permission'

/** The action that submits evidence at a place; its limits in the manifest are those of the place. */
const ACTION_AT_PLACE: Readonly<Record<EvidencePlace, ActionName>> = {
  'case-detail': 'submit-evidence',
  'work-order': 'answer-work-order',
  appeal: 'appeal',
}

@ApiTags('Evidence')
@Controller('api/evidence-wanted')
export class EvidenceWantedController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('cases.read')
  @ApiOperation({
    summary: 'List where evidence is wanted',
    description:
      'Places that ask for evidence and still take it: what closes next comes first, with what the place takes and what is missing (R046, R126).',
  })
  @ApiOkResponse({ type: WantedEvidenceList })
  @Problems('not-understood')
  async wanted(@Query() { limit }: PageSizeRequest): Promise<WantedEvidenceList> {
    const now = this.clock()
    const [found, nameOf] = [
      await this.questions.execute(new EvidenceWantedQuery(this.scope.org, now, limit, this.scope.storeLimit)),
      await this.scope.storeNames(),
    ]
    return { now: iso(now), items: found.map((one) => ({ store: nameOf(one.store), ...wantedEvidenceOf(one, now) })) }
  }
}

function wantedEvidenceOf(
  { caseId, afterSale, request, pieces }: WantedEvidence,
  now: number,
): Omit<WantedEvidenceAnswer, 'store'> {
  const { place, number, askedAt } = request
  const closing = closingOf(request)
  const limits = connectorOf(afterSale.marketplace)?.manifest[ACTION_AT_PLACE[place]].limits
  const pack = composePack({
    pieces: pieces.map(evidenceFactsOf),
    requirements: requirementsOf(place, afterSale),
    text: '',
    now,
    terms: DEFAULT_EVIDENCE_TERMS,
    ...(limits === undefined ? {} : { limits }),
    ...(afterSale.appliedAt === undefined ? {} : { appliedAt: afterSale.appliedAt }),
  })
  return {
    caseId,
    caseNumber: afterSale.caseNumber,
    marketplace: afterSale.marketplace,
    place,
    placeText: EVIDENCE_PLACES[place],
    number: number ?? null,
    askedAt: isoOrNull(askedAt),
    due: closing === undefined ? null : { at: iso(closing.due), source: closing.source, rule: closing.rule },
    // Null: the marketplace publishes no limits, which does not mean that there are none.
    takes: limits ?? null,
    pack: {
      complete: pack.complete,
      pieces: pack.pieces,
      left: pack.leftOut,
      doubts: pack.doubts,
      missing: pack.missing.map(({ anyOf, need, rule }) => ({
        anyOf: anyOf.map((name) => ({ name, text: textOf(name) })),
        need,
        rule,
      })),
    },
  }
}

const textOf = (name: keyof typeof EVIDENCE_SUBJECTS): { zh: string; en: string } => ({
  zh: EVIDENCE_SUBJECTS[name].zh,
  en: EVIDENCE_SUBJECTS[name].en,
})

function requirementsOf(place: EvidencePlace, afterSale: AfterSaleCase): readonly EvidenceRequirement[] {
  if (place === 'work-order') return WORK_ORDER_REQUIREMENTS
  if (place === 'case-detail') return CASE_REQUIREMENTS
  return appealRequirementsOf(
    afterSale,
    (afterSale.appeals ?? []).filter(isUndecided).flatMap(({ items }) => items.map(({ kind }) => kind)),
  )
}
