/** Canaries of our own lint rules, and of those that protect money and messages. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './tree'

interface Finding {
  readonly line: number
  readonly ruleId: string
  readonly message: string
}

/** What the rules find in each text if it stands in its file, which need not exist. One run: a linter takes seconds to start. */
function lint(texts: readonly { readonly path: string; readonly text: string }[]): string[][] {
  const run = spawnSync(process.execPath, [join(ROOT, 'test/architecture/lint-texts.mjs')], {
    cwd: ROOT,
    input: JSON.stringify(texts),
    encoding: 'utf8',
  })
  if (!run.stdout) throw new Error(run.stderr)
  const found = JSON.parse(run.stdout) as Finding[][]
  return found.map((messages) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message.split(':')[0]}`),
  )
}

const STORE_VIOLATIONS = [
  'declare const db: { query(sql: string, values?: unknown[]): Promise<number> }',
  "const TABLE = 'inbox'",
  'export async function canaries(name: string): Promise<number> {',
  '  let total = 0',
  '  total += await db.query(`SELECT count(*) FROM ${TABLE}`)',
  '  await db.query(`SELECT * FROM inbox WHERE name = ${name}`)',
  "  db.query('SELECT 1')",
  '  ;[1, 2].forEach(async (each) => { await db.query(String(each)) })',
  '  const loose: any = name',
  '  return total + Number(loose)',
  '}',
]
const MODEL_VIOLATIONS = [
  'export const now = () => Date.now()',
  'export const today = () => new Date()',
  'export const chance = () => Math.random()',
  'export const later = async () => 1',
  'export const mode = () => process.env',
  'export const parsed = (text: string) => Date.parse(text) + new Date(0).getTime()',
]

describe('the lint rules', () => {
  let storeFindings: string[] | undefined
  let modelFindings: string[] | undefined
  beforeAll(() => {
    ;[storeFindings, modelFindings] = lint([
      { path: 'libs/event-store/src/canary.ts', text: STORE_VIOLATIONS.join('\n') },
      { path: 'libs/after-sale/src/canary.ts', text: MODEL_VIOLATIONS.join('\n') },
    ])
  })

  it('report forgotten promises, lost updates, interpolated SQL and any', () => {
    expect(storeFindings?.map((finding) => finding.replace(/:.*/, ''))).toEqual([
      '5 no-restricted-syntax',
      '6 no-restricted-syntax',
      '7 @typescript-eslint/no-floating-promises',
      '8 @typescript-eslint/no-misused-promises',
      '9 @typescript-eslint/no-explicit-any',
    ])
  })

  it('report clock, randomness, waiting and input or output in the model', () => {
    expect(modelFindings).toEqual([
      '1 no-restricted-syntax: Time comes in as an argument.',
      '2 no-restricted-syntax: Time comes in as an argument.',
      '3 no-restricted-syntax: Ids and chance come in as arguments.',
      '4 no-restricted-syntax: The model never waits.',
      '5 no-restricted-syntax: The model touches nothing outside.',
    ])
  })
})
