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
import type { SettingField, SettingProblem } from './framework/settings-shape'
import { smallPaymentMaySettle } from './small-payment-may-settle'
import type { Subject } from './framework/subject'
import type { Verdict } from './framework/verdict'
import { warehouseAcceptedGoods } from './warehouse-accepted-goods'
import { withinSevenDaysOfDelivery } from './within-seven-days-of-delivery'
import type { Term } from '../glossary/vocabulary'

/** A policy with the type of its settings erased. Settings are checked when a strategy is written. */
export interface AnyPolicy {
  readonly name: PolicyName
  readonly title: Term
  readonly rules: readonly RuleId[]
  readonly claims: Claims
  readonly shape?: {
    readonly fields: Readonly<Record<string, SettingField>>
    readonly defaults: unknown
    crossCheck?(settings: unknown): readonly SettingProblem[]
  }
  judge(subject: Subject, settings: unknown): Verdict | undefined
}

/** A new policy takes one file, one `PolicyName`, and one line here. */
const policiesByName = {
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

/** Every policy by its name, with the type of its settings erased. */
export const POLICIES: Readonly<Record<PolicyName, AnyPolicy>> = policiesByName

export const policyOf = (name: PolicyName): AnyPolicy => POLICIES[name]

/** The type of a policy's settings. */
export type StrategyDocument<P extends PolicyName> = (typeof policiesByName)[P] extends Policy<infer S> ? S : never
