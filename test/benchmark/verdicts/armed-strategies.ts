import type { ArmedStrategy, PolicyName, StoreTerms } from '#after-sale'
import { checkStrategy, defaultStoreTerms } from '#after-sale'

const SETTINGS: Readonly<Partial<Record<PolicyName, object>>> = {
  parcelCanBeIntercepted: { worthFrom: 5_000 },
  exchangeComesFirst: { reasons: ['wrong-goods', 'damaged', 'quality'], freightUpTo: 1_500 },
  withinSevenDaysOfDelivery: { counting: 'natural-days' },
  returnReasonIsChosen: {
    reasons: ['quality', 'wrong-goods', 'damaged'],
    codes: ['1', '2', '3'],
    matchesAllConfirmed: false,
  },
  appliedOffDuty: { holidays: 'closed' },
  warehouseAcceptedGoods: { receivedIsEnough: true },
  platformAdvancesRefund: { waitsHours: 24 },
  parcelMayBeRefused: { upTo: 20_000 },
  smallPaymentMaySettle: { upTo: 3_000 },
}

/** Every strategy, live. */
export const ARMED: readonly ArmedStrategy[] = Object.entries(SETTINGS).map(([policy, settings]) =>
  armedStrategy(policy as PolicyName, settings),
)

function armedStrategy(policy: PolicyName, settings: unknown): ArmedStrategy {
  const problems = checkStrategy(policy, settings)
  if (problems.length > 0) throw new Error(`${policy}: ${JSON.stringify(problems)}`)
  return { reference: { id: policy, version: 1 }, policy, settings, mode: 'live' }
}

/** Store terms with every optional setting made. */
export const TERMS: StoreTerms = {
  ...defaultStoreTerms,
  returnAddressId: '900',
  advanceRefund: [{ from: Date.parse('2026-01-01T00:00:00Z') }],
}
