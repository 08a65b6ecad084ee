import { Question } from '../question'
import { CaseSearch1700000000013 } from './migration'
import { caseSearchRows } from './projection'
import { CaseSearchHandler } from './case-search'

export * from './case-search'
export * from './cases-of-buyer'

export const caseSearch = new Question('case-search', {
  migrations: [CaseSearch1700000000013],
  readModels: [caseSearchRows],
  handlers: [CaseSearchHandler],
})
