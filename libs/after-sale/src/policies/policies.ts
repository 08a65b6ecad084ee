import { appliedOffDuty } from './applied-off-duty'
import type { Claims, RuleId } from './framework/condition'
import { exchangeComesFirst } from './exchange-comes-first'
import type { PolicyName } from './framework/policy-names'
import { parcelCanBeIntercepted } from './parcel-can-be-intercepted'
import { parcelMayBeRefused } from './parcel-may-be-refused'
import { platformAdvancesRefund } from './platform-advances-refund'
import { platformHandlesIt } from './platform-handles-it'
import type { Policy } from './framework/policy'
import { returnReasonIsChosen } from './return-reason-is-chosen'
import type { Field, Problem } from './framework/settings-shape'
import { smallPaymentMaySettle } from './small-payment-may-settle'
import type { Subject } from './framework/subject'
import type { Verdict } from './framework/verdict'
import { warehouseAcceptedGoods } from './warehouse-accepted-goods'
import { withinSevenDaysOfDelivery } from './within-seven-days-of-delivery'
import type { Term } from '../glossary/vocabulary'

/** A policy with its settings type erased: they were checked when the strategy was written. */
export interface AnyPolicy {
  readonly name: PolicyName
  readonly title: Term
  readonly rules: readonly RuleId[]
  readonly claims: Claims
  readonly shape?: {
    readonly fields: Readonly<Record<string, Field>>
    readonly defaults: unknown
    pipelined?(settings: unknown): readonly Problem[]
  }
  judge(subject: Subject, settings: unknown): Verdict | undefined
}

/** A new policy is one file, one name, and one line here. */
const table = {
  platformHandlesIt,
  platformAdvancesRefund,
  withinSevenDaysOfDelivery,
  returnReasonIsChosen,
  appliedOffDuty,
  warehouseAcceptedGoods,
  parcelCanBeIntercepted,
  parcelMayBeRefused,
  exchangeComesFirst,
  smallPaymentMaySettle,
} satisfies Record<PolicyName, AnyPolicy>

export const POLICIES: Readonly<Record<PolicyName, AnyPolicy>> = table

export const policyOf = (name: PolicyName): AnyPolicy => POLICIES[name]

/** What a strategy document of each policy holds. */
export type StrategyDocument<P extends PolicyName> = (typeof table)[P] extends Policy<infer S> ? S : never
