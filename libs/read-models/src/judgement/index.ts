import { Question } from '../question'
import { FreightToCheckHandler } from './freight-to-check'
import { JudgementHandler } from './judgement'
import { SubjectHandler } from './subject'

export { FreightToCheckQuery } from './freight-to-check'
export * from './judgement'
export { SubjectQuery } from './subject'

export const judgement = new Question('judgement', {
  handlers: [JudgementHandler, SubjectHandler, FreightToCheckHandler],
})
