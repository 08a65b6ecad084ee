import { Question } from '../question'
import { CaseDetailsHandler } from './case-details'
import { SharedParcels1700000000023, SharedParcelsByCase1700000000171 } from './migration'
import { sharedParcels } from './projection'

export * from './case-details'

export const caseDetails = new Question('case-details', {
  migrations: [SharedParcels1700000000023, SharedParcelsByCase1700000000171],
  readModels: [sharedParcels],
  handlers: [CaseDetailsHandler],
})
