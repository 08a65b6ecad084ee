import type { Type } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { MigrationInterface } from 'typeorm'
import type { ReadModel } from './question'
import { Question } from './question'
import * as questions from './questions'
import { buildComparableRowsSql } from './rebuild/comparable-rows'
import { Rebuilds1700000000170 } from './rebuild/migration'

type Migration = new () => MigrationInterface

/** Everything that is derived from the list of questions. */
export interface LineUp {
  readonly questions: readonly Question[]
  readonly migrations: readonly Migration[]
  readonly projections: readonly ReadModel[]
  readonly handlers: readonly Type<IQueryHandler>[]
}

/** @param exported everything that `questions.ts` exports; the questions among it are recognised by their class */
export function deriveLineUp(exported: Readonly<Record<string, unknown>>): LineUp {
  const lineUpQuestions = Object.values(exported).filter((value): value is Question => value instanceof Question)
  return {
    questions: lineUpQuestions,
    migrations: [Rebuilds1700000000170, ...lineUpQuestions.flatMap(({ migrations }) => migrations)],
    projections: lineUpQuestions.flatMap(({ readModels }) => readModels),
    handlers: lineUpQuestions.flatMap(({ handlers }) => handlers),
  }
}

const lineUp = deriveLineUp(questions)

export const QUESTIONS = lineUp.questions
export const READ_MODEL_MIGRATIONS = [...lineUp.migrations]
/** All read models: written in the transaction that changes the cases. */
export const { projections } = lineUp
/** The Nest providers that answer the questions; each needs the `DataSource`. */
export const QUESTION_HANDLERS = [...lineUp.handlers]

/** By read model: SQL for the rows `{id, row}` of the cases `$1::uuid[]`. */
export const COMPARABLE_ROWS_SQL: Readonly<Record<string, string>> = Object.fromEntries(
  projections.map((readModel) => [readModel.name, buildComparableRowsSql(readModel)]),
)

/** By read model with totals: SQL for the totals that differ from its rows. */
export const WRONG_TOTALS_SQL: Readonly<Record<string, string>> = Object.fromEntries(
  projections.flatMap(({ name, totals }) => (totals === undefined ? [] : [[name, totals.differences]])),
)
