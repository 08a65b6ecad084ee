import { Question } from '../question'
import { StrategyGrantsHandler } from './grants'
import { ShadowHandler, StoreTermsHandler, StrategiesHandler, StrategyHandler, TrialHandler } from './strategies'

export * from './grants'
export * from './strategies'

export const strategies = new Question('strategies', {
  handlers: [StrategiesHandler, StrategyHandler, StrategyGrantsHandler, TrialHandler, StoreTermsHandler, ShadowHandler],
})
