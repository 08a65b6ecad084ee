import { Question } from '../question'
import { TimelineHandler } from './timeline'

export * from './timeline'

export const timeline = new Question('timeline', { handlers: [TimelineHandler] })
