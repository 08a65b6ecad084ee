import type { Type } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { MigrationInterface } from 'typeorm'
import type { ReadModel } from './question'
import { Question } from './question'
import * as questions from './questions'
import { comparableRowsSql } from './rebuild/comparable-rows'
import { Rebuilds1700000000170 } from './rebuild/migration'

type Migration = new () => MigrationInterface

/** Everything that is derived from the list of questions. */
export interface LineUp {
  readonly questions: readonly Question[]
  readonly migrations: readonly Migration[]
  readonly projections: readonly ReadModel[]
  readonly handlers: readonly Type<IQueryHandler>[]
}

/** @param exported what `questions.ts` exports: the questions are found among it by their class */
export function lineUpOf(exported: Readonly<Record<string, unknown>>): LineUp {
  const found = Object.values(exported).filter((one): one is Question => one instanceof Question)
  return {
    questions: found,
    migrations: [Rebuilds1700000000170, ...found.flatMap(({ migrations }) => migrations)],
    projections: found.flatMap(({ readModels }) => readModels),
    handlers: found.flatMap(({ handlers }) => handlers),
  }
}

const lineUp = lineUpOf(questions)

export const QUESTIONS = lineUp.questions
export const READ_MODEL_MIGRATIONS = [...lineUp.migrations]
/** Everything that is kept in step with the cases, in the transaction that changes them. */
export const { projections } = lineUp
/** The Nest providers that answer the questions; each needs the `DataSource`. */
export const QUESTION_HANDLERS = [...lineUp.handlers]

/** By read model: SQL for the rows `{id, row}` of the cases `$1::uuid[]`. */
export const COMPARABLE_ROWS_SQL: Readonly<Record<string, string>> = Object.fromEntries(
  projections.map((readModel) => [readModel.name, comparableRowsSql(readModel)]),
)

/** By read model that keeps sums: SQL for those that differ from its rows. */
export const WRONG_TOTALS_SQL: Readonly<Record<string, string>> = Object.fromEntries(
  projections.flatMap(({ name, totals }) => (totals === undefined ? [] : [[name, totals.differences]])),
)
