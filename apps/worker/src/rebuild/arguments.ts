import type { Question, ReadModel } from '#read-models'

/** What can be named: a question, or something else that keeps rows for the cases. */
export type Rebuildable = Pick<Question, 'name' | 'readModels'>

/** What `npm run rebuild` was asked for. */
export interface RebuildArguments {
  readonly readModels: readonly ReadModel[]
  readonly startOver: boolean
}

/** @throws Error with the usage and the names that can be rebuilt */
export function parseRebuildArguments(words: readonly string[], questions: readonly Rebuildable[]): RebuildArguments {
  const names = words.filter((word) => word !== '--start-over')
  const startOver = names.length < words.length
  if (names.length === 0) throw new Error(usageOf(questions))
  return { readModels: [...new Set(names.flatMap((name) => readModelsOf(name, questions)))], startOver }
}

function readModelsOf(name: string, questions: readonly Rebuildable[]): readonly ReadModel[] {
  const all = questions.flatMap(({ readModels }) => readModels)
  if (name === 'all') return all
  const question = questions.find((one) => one.name === name)?.readModels ?? []
  const found = question.length > 0 ? question : all.filter((readModel) => readModel.name === name)
  if (found.length === 0) throw new Error(`unknown read model ${name}\n${usageOf(questions)}`)
  return found
}

const usageOf = (questions: readonly Rebuildable[]): string =>
  [
    'npm run rebuild -- QUESTION… [--start-over]',
    '  rebuilds its read models from the cases while workers go on writing; an interrupted rebuild is continued',
    '  --start-over  begins again instead: after a new version of the code',
    '',
    'all',
    ...questions.filter(({ readModels }) => readModels.length > 0).map(lineOf),
  ].join('\n')

const lineOf = ({ name, readModels }: Rebuildable): string =>
  `${name.padEnd(16)}${readModels.map((readModel) => `${readModel.name} (${tablesOf(readModel).join(', ')})`).join(', ')}`

const tablesOf = ({ tables, totals }: ReadModel): string[] => [
  ...tables.map(({ name }) => name),
  ...(totals === undefined ? [] : [totals.table]),
]
