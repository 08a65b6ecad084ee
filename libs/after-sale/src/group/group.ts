import type { AfterSaleCase } from '../case'
import type { Breach, DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import { truthOf, type Truth } from '../truth'
import type { GroupTerms } from './terms'

/** What is known of the group that an order belongs to. UTC ms. */
export interface GroupFacts {
  /** When the group was opened; its time to form runs from then. */
  readonly openedAt: Instant
  readonly formedAt?: Instant
  /** The platform's own time, where it shows one. */
  readonly formsUntil?: Instant
}

/** Until when a group can form, and what happens otherwise. */
export interface GroupFormation {
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: RuleId
  readonly onBreach: Breach
}

/**
 * Whether the group of the case's order is formed (R109). `formed` is the order's own flag; where it is missing, shipped
 * goods prove it, for nothing is shipped before.
 */
export function groupFormedOf({ goods }: AfterSaleCase, formed: boolean | undefined): Truth {
  if (formed !== undefined) return truthOf(formed)
  const stage = goods?.stage
  return stage === undefined || stage === 'unknown' || stage === 'not-shipped' ? 'unknown' : 'true'
}

/**
 * R111: a group that does not form in time is refunded by the platform, so the merchant need not do it. `undefined`
 * once it has formed. The platform's own time wins over ours.
 */
export function groupFormationOf(facts: GroupFacts, terms: GroupTerms): GroupFormation | undefined {
  if (facts.formedAt !== undefined) return undefined
  return {
    due: formationDueOf(facts, terms),
    source: facts.formsUntil === undefined ? 'DERIVED' : 'OBSERVED',
    rule: 'R111',
    onBreach: 'platform-refunds',
  }
}

/** What a buyer of a group order who wants a refund should do: apply, wait for the group, or wait for the platform. */
export type GroupAnswer = 'may-apply' | 'wait-for-group' | 'platform-refunds'

/**
 * R109, R111: at the end of its time, to the instant, a group has failed. A group that formed even later counts as
 * formed.
 */
export function groupAnswerOf(facts: GroupFacts, terms: GroupTerms, now: Instant): GroupAnswer {
  if (facts.formedAt !== undefined && facts.formedAt <= now) return 'may-apply'
  return now >= formationDueOf(facts, terms) ? 'platform-refunds' : 'wait-for-group'
}

const formationDueOf = ({ openedAt, formsUntil }: GroupFacts, terms: GroupTerms): Instant =>
  formsUntil ?? openedAt + terms.formation.value
