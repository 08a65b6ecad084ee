import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Inject, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { CqrsModule, Query, QueryBus, QueryHandler } from '@nestjs/cqrs'
import type { IQueryHandler } from '@nestjs/cqrs'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { DataSource } from 'typeorm'
import { EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { freshDatabase } from '../../../test/postgres/database'
import { readShownRows, projectExpectedRows, readCases } from '../test/shown-rows'
import { RandomCaseWriter } from '../test/random-writer'
import { deriveLineUp } from './line-up'
import type { ReadModel } from './question'
import { Question } from './question'
import * as questions from './questions'
import { rebuild } from './rebuild/rebuild'

const { questions: QUESTIONS, projections, migrations } = deriveLineUp(questions)
const FOUNDATION = [...EVENT_STORE_MIGRATIONS, ...LEDGER_MIGRATIONS]

/** An example question, complete and ready to copy: in which cases does the buyer ask for most money? */
class LargeCases1700000009999 implements MigrationInterface {
  name = 'LargeCases1700000009999'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE large_case (case_id uuid PRIMARY KEY, org int NOT NULL, total bigint NOT NULL)')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const LARGE_FEN = 250
const largeCaseRows: ReadModel = {
  name: 'large-cases',
  tables: [{ name: 'large_case', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    for (const { id, org, after } of changes) {
      const total = after.amounts?.total ?? 0
      await manager.query('DELETE FROM large_case WHERE case_id = $1', [id])
      if (total >= LARGE_FEN)
        await manager.query('INSERT INTO large_case (case_id, org, total) VALUES ($1, $2, $3)', [id, org, total])
    }
  },
}

class LargeCasesQuery extends Query<readonly number[]> {
  constructor(readonly org: number) {
    super()
  }
}

@QueryHandler(LargeCasesQuery)
class LargeCasesHandler implements IQueryHandler<LargeCasesQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org }: LargeCasesQuery): Promise<readonly number[]> {
    const rows = await this.database.query<{ total: number }[]>(
      'SELECT total FROM large_case WHERE org = $1 ORDER BY total DESC',
      [org],
    )
    return rows.map(({ total }) => total)
  }
}

const largeCases = new Question('large-cases', {
  migrations: [LargeCases1700000009999],
  readModels: [largeCaseRows],
  handlers: [LargeCasesHandler],
})

async function openWith(
  furtherMigrations: readonly (new () => MigrationInterface)[],
): Promise<{ database: DataSource; close(): Promise<void> }> {
  const fresh = await freshDatabase({ migrated: false })
  const database = await openDatabase({ url: fresh.url, pool: 4, migrations: [...FOUNDATION, ...furtherMigrations] })
  await migrate(database)
  return { database, close: () => database.destroy().then(() => fresh.drop()) }
}

describe('the line-up of questions', () => {
  const folders = readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(__dirname, entry.name, 'index.ts')))
    .map(({ name }) => name)

  it('contains each folder of a question once, under its name', () => {
    expect(QUESTIONS.map(({ name }) => name).sort()).toEqual(folders.sort())
  })

  it('equals the list in the README', () => {
    const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8')
    const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)
    expect(listed.sort()).toEqual(QUESTIONS.map(({ name }) => name).sort())
    const tableNames = QUESTIONS.flatMap(({ readModels }) => readModels).flatMap(({ tables, totals }) => [
      ...tables.map(({ name }) => name),
      ...(totals === undefined ? [] : [totals.table]),
    ])
    for (const table of tableNames) expect(readme).toContain(`\`${table}\``)
  })

  it('knows every table that its migrations create, so that rebuilds and comparisons include it', async () => {
    const [before, after] = await Promise.all([openWith([]), openWith(migrations)])
    const tablesOf = async (database: DataSource): Promise<string[]> =>
      (await database.query<{ name: string }[]>(`SELECT relname AS name FROM pg_class WHERE relkind = 'r'`)).map(
        ({ name }) => name,
      )
    const tablesBefore = new Set([...(await tablesOf(before.database)), 'rebuild'])
    const newTables = (await tablesOf(after.database)).filter((name) => !tablesBefore.has(name))
    await Promise.all([before.close(), after.close()])
    const declaredTables = projections.flatMap(({ tables, totals }) => [
      ...tables.map(({ name }) => name),
      ...(totals === undefined ? [] : [totals.table]),
    ])
    expect(newTables.length).toBeGreaterThan(5)
    expect(newTables.filter((name) => !declaredTables.includes(name))).toEqual([])
  })
})

describe('a question that is added with one line in the line-up', () => {
  it('is migrated, projected, answered, rebuilt and compared', async () => {
    const lineUp = deriveLineUp({ ...questions, largeCases })
    const [{ database, close }, scratch] = await Promise.all([openWith(lineUp.migrations), openWith(lineUp.migrations)])
    @Module({
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: DataSource, useValue: database }, ...lineUp.handlers],
    })
    class TestModule {}
    const app = await NestFactory.createApplicationContext(TestModule, { logger: false })
    await app.init()
    const askLargeCases = (): Promise<readonly number[]> => app.get(QueryBus).execute(new LargeCasesQuery(1))
    try {
      const writer = new RandomCaseWriter(database, lineUp.projections, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5)
      for (let i = 0; i < 20; i++) await writer.writeBatch()
      const answer = await askLargeCases()
      expect(answer.length).toBeGreaterThan(0)
      await database.query('DELETE FROM large_case')
      expect(await askLargeCases()).toEqual([])
      const { signal } = new AbortController()
      await rebuild(database, largeCaseRows, { holder: 'test', signal })
      expect(await askLargeCases()).toEqual(answer)
      const ids = (await readCases(database)).map(({ id }) => id)
      expect(await readShownRows(database, lineUp.projections, ids)).toEqual(
        await projectExpectedRows(database, scratch.database, lineUp.projections),
      )
    } finally {
      await app.close()
      await Promise.all([close(), scratch.close()])
    }
  })
})
