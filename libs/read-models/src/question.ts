import type { Type } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { EntityManager, MigrationInterface } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Projection } from '#event-store'

/** A table whose rows belong to single cases. The rows of a case follow from its state alone. */
export interface CaseTable {
  readonly name: string
  /** The column with the case's id. It must be indexed: a rebuild reads and deletes by it. */
  readonly caseColumn: string
  /** Columns that comparisons ignore, because they say when a row was written and not what the case is. */
  readonly notCompared?: readonly string[]
}

/**
 * Totals over the rows of a read model. A transaction that changes rows changes the totals by the same difference, so the
 * error of a total is the same in every snapshot and can be corrected by adding it.
 */
export interface Totals {
  readonly table: string
  /** Subtracts the rows of these cases from the totals; called before the rows are deleted. */
  subtract(manager: EntityManager, caseIds: readonly string[]): Promise<void>
  /** SQL without parameters: one row for each total that differs from the sum of its rows. */
  readonly differences: string
  /** SQL without parameters, one statement because it needs one snapshot: corrects each wrong total and returns a row for it. */
  readonly correct: string
}

/** A projection with what a rebuild and a comparison need to know of its tables. */
export interface ReadModel extends Projection<AfterSaleCase> {
  readonly tables: readonly [CaseTable, ...CaseTable[]]
  readonly totals?: Totals
}

/** What a question consists of. */
export interface QuestionParts {
  readonly migrations?: readonly (new () => MigrationInterface)[]
  /** The projections that it is answered from; absent: it is answered from tables of other questions or libraries. */
  readonly readModels?: readonly ReadModel[]
  /** Nest providers: classes decorated with `@QueryHandler`. */
  readonly handlers: readonly Type<IQueryHandler>[]
}

/** One question that the console can ask: a folder that one line in `questions.ts` exports. */
export class Question {
  readonly migrations: readonly (new () => MigrationInterface)[]
  readonly readModels: readonly ReadModel[]
  readonly handlers: readonly Type<IQueryHandler>[]

  /** @param name the name of its folder */
  constructor(
    readonly name: string,
    { migrations = [], readModels = [], handlers }: QuestionParts,
  ) {
    this.migrations = migrations
    this.readModels = readModels
    this.handlers = handlers
  }
}
