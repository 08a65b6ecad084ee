import { Question } from '../question'
import { StrategyGrantsHandler } from './strategy-grants'
import { ShadowHandler, StoreTermsHandler, StrategiesHandler, StrategyHandler, TrialHandler } from './strategies'

export * from './strategy-grants'
export * from './strategies'

export const strategies = new Question('strategies', {
  handlers: [StrategiesHandler, StrategyHandler, StrategyGrantsHandler, TrialHandler, StoreTermsHandler, ShadowHandler],
})
