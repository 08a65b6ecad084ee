import { Question } from '../question'
import { appealCandidates } from './appeal-candidates'
import { AppealCandidates1700000000043 } from './migration'
import { appealResults } from './projection'
import { StoreAppealsHandler } from './store-appeals'

export * from './store-appeals'

export const appeals = new Question('appeals', {
  migrations: [AppealCandidates1700000000043],
  readModels: [appealResults, appealCandidates],
  handlers: [StoreAppealsHandler],
})
