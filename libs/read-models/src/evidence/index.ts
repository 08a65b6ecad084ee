import { Question } from '../question'
import { CaseEvidenceHandler } from './case-evidence'
import { EvidenceWanted1700000000053 } from './migration'
import { evidenceWanted } from './projection'
import { EvidenceWantedHandler } from './evidence-wanted'

export * from './case-evidence'
export * from './evidence-wanted'

export const evidence = new Question('evidence', {
  migrations: [EvidenceWanted1700000000053],
  readModels: [evidenceWanted],
  handlers: [CaseEvidenceHandler, EvidenceWantedHandler],
})
