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
  /** Columns that say when a row was written rather than what it answers; comparisons leave them out. */
  readonly notCompared?: readonly string[]
}

/**
 * Sums over the rows of a read model. A transaction that changes rows changes the sums by the same difference, so an error of
 * a sum is the same in every snapshot, and can be corrected by adding it.
 */
export interface Totals {
  readonly table: string
  /** Takes the rows of these cases out of the sums; called before the rows are deleted. */
  subtract(manager: EntityManager, caseIds: readonly string[]): Promise<void>
  /** SQL without parameters: the sums that differ from the rows, as `{key, kept, counted}`; no row where all are right. */
  readonly differences: string
  /** SQL without parameters, one statement and so one snapshot: adds to each sum what it is wrong by; a row for each. */
  readonly correct: string
}

/** A projection with all that is needed to rebuild and to compare what it writes. */
export interface ReadModel extends Projection<AfterSaleCase> {
  readonly tables: readonly [CaseTable, ...CaseTable[]]
  readonly totals?: Totals
}

export interface QuestionParts {
  readonly migrations?: readonly (new () => MigrationInterface)[]
  /** The rows that it keeps for the cases; absent: it is answered from tables of other questions or libraries. */
  readonly readModels?: readonly ReadModel[]
  /** Nest providers: classes decorated with `@QueryHandler`. */
  readonly handlers: readonly Type<IQueryHandler>[]
}

/** One question that people or the page ask: a folder, exported by one line in `questions.ts`. */
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
