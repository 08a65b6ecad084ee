import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const ROOT = join(__dirname, '..', '..')
/** A linear expression takes less than 1 ms for such a text, a quadratic one hundreds. */
const LIMIT_MS = 10
/** Far more than any single text of a marketplace. */
const TEXT_LENGTH = 30_000

interface FoundRegex {
  readonly where: string
  readonly regex: RegExp
}

/** Every regular expression literal of a source, found by TypeScript's parser. */
function regexesIn(path: string, text: string): FoundRegex[] {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const regexes: FoundRegex[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      regexes.push({
        where: `${path}:${line} ${node.text}`,
        regex: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return regexes
}

/** The expressions of one top-level folder, without its specs. */
function regexesInFolder(folder: string): FoundRegex[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.tsx?$/.test(name) && !/\.spec\.tsx?$|\/suite[-./]/.test(name) && !/(^|\/)(dist|node_modules)\//.test(name),
    )
    .flatMap((name) => regexesIn(`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')))
}

/** Texts that provoke backtracking: long repetitions of what the expression matches, with an end that it does not match. */
function hostileTextsFor({ source }: RegExp): string[] {
  const literals = [...new Set(source.replace(/\\[nrtfvsSdDwWbBuxpPk]|[()[\]{}|?*+^$.\\]/g, ''))].slice(0, 12)
  const units = [
    'a',
    '0',
    ' ',
    '-',
    '.',
    '"',
    '\n',
    '1-',
    'a ',
    '0.',
    ' \t',
    '中',
    ...literals,
    ...literals.map((literal) => `${literal}0`),
    literals.join(''),
  ]
  return units
    .filter((unit) => unit !== '')
    .flatMap((unit) => {
      const many = unit.repeat(Math.ceil(TEXT_LENGTH / unit.length)).slice(0, TEXT_LENGTH)
      return [many, `${many}!`, `${many}\u0000`, `"${many}`, `1${many}x`]
    })
}

const cpuMs = (): number => process.cpuUsage().user / 1_000

/** CPU time of the first text over the limit, ms; the best of four attempts, because garbage collection counts, too. */
function slowestOver(regex: RegExp): number | undefined {
  for (const text of hostileTextsFor(regex)) {
    let best = Infinity
    for (let attempt = 0; attempt < 4 && best > LIMIT_MS && !(best > 50 * LIMIT_MS && attempt > 0); attempt++) {
      regex.lastIndex = 0
      const started = cpuMs()
      text.search(regex)
      best = Math.min(best, cpuMs() - started)
    }
    if (best > LIMIT_MS) return best
  }
  return undefined
}

describe('the regular expressions of the sources (attack S10)', () => {
  const found = [...regexesInFolder('libs'), ...regexesInFolder('apps')]

  it('are found, those of the connectors among them', () => {
    expect(found.length).toBeGreaterThan(40)
    expect(found.some(({ where }) => where.includes('libs/connectors'))).toBe(true)
  })

  it(`take no more than ${LIMIT_MS} ms for ${TEXT_LENGTH} hostile characters`, () => {
    const slow = found.flatMap(({ where, regex }) => {
      const ms = slowestOver(regex)
      return ms === undefined ? [] : [`${where}: ${Math.round(ms)} ms`]
    })
    expect(slow).toEqual([])
  }, 120_000)

  it('canary: are reported if they are quadratic', () => {
    const [quadratic] = regexesIn('a.ts', 'export const trimmed = (text: string) => text.replace(/\\s+$/, "")')
    expect(quadratic && slowestOver(quadratic.regex)).toBeGreaterThan(LIMIT_MS)
    expect(quadratic?.where).toBe('a.ts:1 /\\s+$/')
  })
})
