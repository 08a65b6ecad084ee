import { DISPUTE_STAGES, GOODS_STAGES, KINDS, MONEY_STAGES, OUTCOMES, STATUSES, VARIANTS } from '#after-sale'

/** An external adapter reports with the model's own values, so these are its tables. Any other value is refused by name. */
export const MODEL_VALUES = {
  status: STATUSES,
  outcome: OUTCOMES,
  kind: KINDS,
  variant: VARIANTS,
  goods: GOODS_STAGES,
  money: MONEY_STAGES,
  dispute: DISPUTE_STAGES,
} as const

/** The outcomes of an action that an adapter may report. Only the keys matter: `oneOf` reads them. */
export const ACTION_OUTCOMES = {
  done: 1,
  'already-done': 1,
  refused: 1,
  stale: 1,
  'try-later': 1,
  'in-doubt': 1,
} as const
