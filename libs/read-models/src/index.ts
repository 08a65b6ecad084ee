export { BadCursor } from './cursor'
export { readDeploymentStatus } from './deployment-status/deployment-status'
export type { DeploymentStatus } from './deployment-status/deployment-status'
export {
  COMPARABLE_ROWS_SQL,
  QUESTIONS,
  QUESTION_HANDLERS,
  READ_MODEL_MIGRATIONS,
  WRONG_TOTALS_SQL,
  projections,
} from './line-up'
export type { CaseTable, Question, ReadModel, Totals } from './question'
export * from './questions'
export { READ_MODEL_TABLES } from './read-model-tables'
export { readComparableRows, findWrongTotals } from './rebuild/comparable-rows'
export { rebuild } from './rebuild/rebuild'
export type { RebuildOptions, RebuildReport } from './rebuild/rebuild'
export type { RebuildProgress } from './rebuild/progress'
