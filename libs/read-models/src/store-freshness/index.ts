import { Question } from '../question'
import { StoreFreshnessHandler } from './store-freshness'

export * from './store-freshness'

export const storeFreshness = new Question('store-freshness', { handlers: [StoreFreshnessHandler] })
