import { Question } from '../question'
import { CaseSearch1700000000013 } from './migration'
import { caseSearchRows } from './projection'
import { CaseSearchHandler } from './search'

export * from './search'

export const caseSearch = new Question('case-search', {
  migrations: [CaseSearch1700000000013],
  readModels: [caseSearchRows],
  handlers: [CaseSearchHandler],
})
