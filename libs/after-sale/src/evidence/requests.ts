import type { AfterSaleCase } from '../case'
import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { EvidenceRequest } from './places'
import type { EvidenceTerms } from './terms'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

export interface EvidenceClosing {
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: RuleId
}

/**
 * When a place closes, or `undefined` where it is unknown when it asked. R125: 48 hours, unless the platform says
 * otherwise.
 */
export function closingOf(
  request: EvidenceRequest,
  terms: EvidenceTerms = DEFAULT_EVIDENCE_TERMS,
): EvidenceClosing | undefined {
  if (request.due !== undefined) return { due: request.due, source: 'OBSERVED', rule: 'R125' }
  if (request.askedAt === undefined) return undefined
  return { due: request.askedAt + terms.window.value, source: 'ASSUMED', rule: 'R125' }
}

/** R125: the close is hard. From the due time on nothing is taken; `undefined`: the time is not known. */
export function isClosed(request: EvidenceRequest, now: Instant, terms?: EvidenceTerms): boolean | undefined {
  const closing = closingOf(request, terms)
  return closing === undefined ? undefined : now >= closing.due
}

/**
 * What the case itself asks for (R046), and nothing else: requests of work orders and appeals are attested separately.
 */
export function evidenceWantedBy(afterSale: AfterSaleCase): EvidenceRequest | undefined {
  if (afterSale.dispute?.stage !== 'evidence-wanted') return undefined
  const { id, evidenceDue } = afterSale.dispute
  const askedAt = askedAtOf(afterSale)
  return {
    place: 'case-detail',
    ...(id === undefined ? {} : { number: id }),
    ...(askedAt === undefined ? {} : { askedAt }),
    ...(evidenceDue === undefined ? {} : { due: evidenceDue }),
  }
}

/**
 * The stage keeps the time when it was first reached. Where another stage came after it, evidence is wanted for a
 * second time, and the first time says nothing about that.
 */
function askedAtOf({ reached }: AfterSaleCase): Instant | undefined {
  const first = reached['dispute:evidence-wanted']
  if (first === undefined) return undefined
  const given = reached['dispute:evidence-given']
  return given !== undefined && given > first ? undefined : first
}
