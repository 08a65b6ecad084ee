/** Canaries of our own lint rules, and of those that protect money and messages. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './tree'

interface Finding {
  readonly line: number
  readonly ruleId: string
  readonly message: string
}

/** What the rules find in each text if it stands in its file, which need not exist. One run: a linter takes seconds to start. */
function lint(
  texts: readonly { readonly path: string; readonly text: string }[],
): Record<'all' | 'untyped', string[][]> {
  const run = spawnSync(process.execPath, [join(ROOT, 'test/architecture/lint-texts.mjs')], {
    cwd: ROOT,
    input: JSON.stringify(texts),
    encoding: 'utf8',
  })
  if (!run.stdout) throw new Error(run.stderr)
  const { all, untyped } = JSON.parse(run.stdout) as Record<'all' | 'untyped', Finding[][]>
  const describeAll = (found: Finding[][]): string[][] =>
    found.map((messages) => messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message.split(':')[0]}`))
  return { all: describeAll(all), untyped: describeAll(untyped) }
}

/** What oxlint finds in a file of a project of its own, by the rules that `npm test` leaves to it. */
function lintWithTypes(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-lint-'))
  try {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "strict": true, "lib": ["ES2024"], "types": [] } }',
    )
    writeFileSync(join(folder, 'canary.ts'), text)
    const settings = join(ROOT, 'test/architecture/oxlint.json')
    const run = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '-c', settings, '-f', 'unix', folder],
      // oxlint looks for its type-aware part from here.
      { cwd: ROOT, encoding: 'utf8' },
    )
    if (run.status !== 1) throw new Error(`oxlint ended with ${run.status}: ${run.stdout}${run.stderr}`)
    return run.stdout
      .split('\n')
      .flatMap((line) => {
        const [, at, rule] = /canary\.ts:(\d+):\d+: .*typescript\(([\w-]+)\)/.exec(line) ?? []
        return at === undefined ? [] : [`${at} ${rule}`]
      })
      .sort()
  } finally {
    rmSync(folder, { recursive: true })
  }
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

/** One a line, of each rule of `oxlint.json`. */
const TYPED_VIOLATIONS = [
  'export const awaited = async (n: number) => { await n }',
  'export const deleted = (list: number[]) => { delete list[0] }',
  'export const floating = (later: () => Promise<number>) => { later() }',
  'export const looped = (list: number[]) => { for (const key in list) if (key) list.pop() }',
  'export const misused = (list: number[]) => { list.forEach(async (n) => { await Promise.resolve(n) }) }',
  "export const thrown = () => { throw 'a text' }",
  'export const returned = async (later: () => Promise<number>) => { try { return later() } catch { return 0 } }',
  "export const missed = (turn: 'us' | 'buyer') => { switch (turn) { case 'us': return 1 } return 0 }",
]

describe('the lint rules', () => {
  let storeFindings: string[] | undefined
  let modelFindings: string[] | undefined
  let untypedFindings: string[][]
  beforeAll(() => {
    const { all, untyped } = lint([
      { path: 'libs/event-store/src/canary.ts', text: STORE_VIOLATIONS.join('\n') },
      { path: 'libs/after-sale/src/canary.ts', text: MODEL_VIOLATIONS.join('\n') },
    ])
    ;[storeFindings, modelFindings] = all
    untypedFindings = untyped
  })

  it('that need no types report the same without them', () => {
    const typed = ['no-floating-promises', 'no-misused-promises']
    expect(untypedFindings).toEqual([
      storeFindings?.filter((finding) => !typed.some((rule) => finding.includes(rule))),
      modelFindings,
    ])
  })

  it('that need types are those of oxlint, and it reports each of them', () => {
    expect(lintWithTypes(TYPED_VIOLATIONS.join('\n'))).toEqual([
      '1 await-thenable',
      '2 no-array-delete',
      '3 no-floating-promises',
      '4 no-for-in-array',
      '5 no-misused-promises',
      '6 only-throw-error',
      '7 return-await',
      '8 switch-exhaustiveness-check',
    ])
    const { rules } = JSON.parse(readFileSync(join(ROOT, 'test/architecture/oxlint.json'), 'utf8')) as { rules: object }
    expect(Object.keys(rules)).toHaveLength(TYPED_VIOLATIONS.length)
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
