import type { Fen } from '../../facets'
import { TEMPLATES } from '../../texts/templates'
import type { Condition } from '../framework/condition'
import { verdictOf } from '../framework/verdict-of'
import { goodsAreSignedFor, nothingPaidYet } from '../small-payment-may-settle'
import type { Subject } from '../framework/subject'
import { conditionOf, reportedAt } from '../framework/condition-of'
import { truthOf, type Truth } from '../../truth'
import type { Verdict } from '../framework/verdict'

const EXCHANGE_FREIGHT_RULES = ['R085', 'R086', 'R011'] as const

/** R086: once the buyer of an exchange has sent the goods back, the return freight that the buyer proved is reimbursed. */
export function freightIsPaidBack(subject: Subject, upTo: Fen): Verdict | undefined {
  const { afterSale, facts } = subject
  const status = afterSale.status?.status
  if (status !== 'awaiting-merchant-receipt' && status !== 'awaiting-merchant-shipment') return undefined
  const freight = facts?.returnFreight
  const within = freight === undefined ? undefined : freight > 0 && freight <= upTo
  const conditions = [
    goodsAreSignedFor(afterSale),
    returnBegan(subject),
    conditionOf('R086', 'freightWithinLimit', truthOf(within), freight ?? null, upTo, undefined),
    nothingPaidYet(afterSale, facts),
  ]
  return verdictOf(subject, {
    policy: 'exchangeComesFirst',
    rules: EXCHANGE_FREIGHT_RULES,
    conditions,
    then: {
      outcome: 'act',
      action: { name: 'send-small-payment', amount: freight ?? 0, text: TEMPLATES.returnFreight.body },
    },
  })
}

const RETURN_BEGAN_STAGES: ReadonlySet<string> = new Set(['returning', 'received', 'inspected-fit', 'inspected-unfit'])

function returnBegan({ afterSale }: Subject): Condition {
  const stage = afterSale.goods?.stage
  const truth: Truth = stage === undefined || stage === 'unknown' ? 'unknown' : truthOf(RETURN_BEGAN_STAGES.has(stage))
  return conditionOf('R086', 'returnBegan', truth, stage ?? null, 'returning', reportedAt(afterSale, 'goods'))
}
