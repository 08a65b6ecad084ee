import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const ROOT = join(__dirname, '..', '..')
const LONGEST_MS = 10
const SIZE = 30_000

interface Found {
  readonly where: string
  readonly regex: RegExp
}

/** Every regular expression that is written down in a source, found by the compiler's own parser. */
function regexesIn(path: string, text: string): Found[] {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const found: Found[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({
        where: `${path}:${line} ${node.text}`,
        regex: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function sourcesOf(folder: string): Found[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.tsx?$/.test(name) && !/\.spec\.tsx?$|\/suite[-./]/.test(name) && !/(^|\/)(dist|node_modules)\//.test(name),
    )
    .flatMap((name) => regexesIn(`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')))
}

/** What makes a careless expression try every way there is: much of what it likes, and an end that it does not. */
function hostileTextsFor({ source }: RegExp): string[] {
  const liked = [...new Set(source.replace(/\\[nrtfvsSdDwWbBuxpPk]|[()[\]{}|?*+^$.\\]/g, ''))].slice(0, 12)
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
    ...liked,
    ...liked.map((c) => `${c}0`),
    liked.join(''),
  ]
  return units
    .filter((unit) => unit !== '')
    .flatMap((unit) => {
      const many = unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE)
      return [many, `${many}!`, `${many}\u0000`, `"${many}`, `1${many}x`]
    })
}

const cpuMs = (): number => process.cpuUsage().user / 1_000

/** CPU time of the first text that keeps the expression busy too long, ms; of four attempts the best, as the collector of garbage counts too. */
function tooSlow(regex: RegExp): number | undefined {
  for (const text of hostileTextsFor(regex)) {
    let best = Infinity
    for (let attempt = 0; attempt < 4 && best > LONGEST_MS && !(best > 50 * LONGEST_MS && attempt > 0); attempt++) {
      regex.lastIndex = 0
      const started = cpuMs()
      text.search(regex)
      best = Math.min(best, cpuMs() - started)
    }
    if (best > LONGEST_MS) return best
  }
  return undefined
}

describe('S10: the regular expressions of the sources', () => {
  const found = [...sourcesOf('libs'), ...sourcesOf('apps')]

  it('are all found', () => {
    expect(found.length).toBeGreaterThan(40)
    expect(found.some(({ where }) => where.includes('libs/connectors'))).toBe(true)
  })

  it(`take no more than ${LONGEST_MS} ms for ${SIZE} characters that mean harm`, () => {
    const slow = found.flatMap(({ where, regex }) => {
      const ms = tooSlow(regex)
      return ms === undefined ? [] : [`${where}: ${Math.round(ms)} ms`]
    })
    expect(slow).toEqual([])
  }, 120_000)

  it('would be caught if they were careless: quadratic ones, here', () => {
    const [careless] = regexesIn('a.ts', 'export const trimmed = (text: string) => text.replace(/\\s+$/, "")')
    expect(careless && tooSlow(careless.regex)).toBeGreaterThan(LONGEST_MS)
    expect(careless?.where).toBe('a.ts:1 /\\s+$/')
  })
})
