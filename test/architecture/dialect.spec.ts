/** Plain words: names, comments, READMEs and test titles say what a newcomer would search for. */
import { type SourceFile, readSources } from './tree'

/** Each with what to write instead. */
const DIALECT: readonly (readonly [RegExp, string])[] = [
  [/\b(?:nobody|somebody|anybody|everybody|whoever|whomever)\b/i, 'the actor: no worker, the caller, an operator'],
  [/\bthe house\b/i, 'the deployment'],
  [/\btold\b/i, 'reported, published, sent, shown, documented'],
  [/\bjust now\b/i, 'now; for errors: temporarily unavailable, retry later'],
  [/\bcome again\b/i, 'retry later'],
  [/\bnot to be had\b/i, 'unavailable'],
  [/\b(?:comes?|came) in again\b|\blooks? again\b/i, 'is received again; rejudges, checks again'],
  [/\b(?:himself|herself)\b/i, 'itself'],
  [/\banew\b/i, 'again; from the beginning'],
  [/\bin vain\b/i, 'failed, without success'],
  [/\bfor ever\b/i, 'forever, permanently'],
]

/** Genuine uses: what is removed before looking. */
const GENUINE_USES: readonly RegExp[] = [
  // Values of the model and of the API, and columns of the database.
  /(['"`])nobody\1/g,
  /\/nobody'/g,
  /\bnobody:/g,
  /'nobody'/g,
  /\bturn=nobody\b/g,
  // A label of a metric, and the name of a migration that ran.
  /[`']look again[`']/g,
  /\/0007-told-in-order'/g,
  /\bstream\.told\b|\b[sc]\.told\b|\bopen, told, state\b|\btold = greatest\(stream\.told, excluded\.told\)|\bCOLUMN told\b|\(org, told, id\)|\(`told`\)/g,
  // A field of the API's FreightCheck.
  /\bcheck\.told\b|\btold\?: (?:Fen|number)\b|\btold: (?:freight|toldFreight)\b/g,
]

/** What marketplaces say, and what people read in their own language. */
const QUOTED = [/\/samples\//, /\/i18n\//, /\/schemas\//]
/** Its texts are those of the console's source. */
const GENERATED = 'apps/console/web/api/schema.ts'
const THIS_FILE = 'test/architecture/dialect.spec.ts'
const TEXT = /\.(?:ts|tsx|mjs|cjs|md|css)$/

function findDialect({ path, text }: SourceFile): string[] {
  if (path === THIS_FILE || path === GENERATED || QUOTED.some((place) => place.test(path))) return []
  return text.split('\n').flatMap((line, index) => {
    const ownText = GENUINE_USES.reduce((rest, genuine) => rest.replace(genuine, ''), line)
    return DIALECT.flatMap(([word, replacement]) => {
      const found = word.exec(ownText)
      return found === null ? [] : [`${path}:${index + 1} "${found[0]}": ${replacement}`]
    })
  })
}

describe('plain technical English', () => {
  it('is the only language of the tree', () => {
    const sources = readSources(TEXT)
    expect(sources.flatMap(findDialect)).toEqual([])
    expect(sources.length).toBeGreaterThan(1_000)
  })

  it.each([
    ['// Whoever calls again is told so.', ['Whoever', 'told']],
    [
      '/** The house is not to be had just now. Come again. */',
      ['the house', 'just now', 'Come again', 'not to be had'],
    ],
    ['const nobodyAnswered = nobody()', ['nobody']],
    ['| somebody | looks again |', ['somebody', 'looks again']],
    ['// It asks in vain, for ever.', ['in vain', 'for ever']],
  ])('is found to be missing in: %s', (line, words) => {
    const found = findDialect({ path: 'libs/read-models/src/x.ts', text: line })
    expect(found.map((one) => /"(.*)"/.exec(one)?.[1]?.toLowerCase()).sort()).toEqual(
      words.map((word) => word.toLowerCase()).sort(),
    )
  })

  it.each([
    ["WHERE q.turn <> 'nobody' AND q.due_at < $1"],
    ['  readonly nobody: number'],
    ['greatest(stream.told, excluded.version)'],
  ])('is found in: %s', (text) => {
    expect(findDialect({ path: 'libs/read-models/src/x.ts', text })).toEqual([])
  })

  it('is not required of quoted texts', () => {
    expect(findDialect({ path: 'libs/connectors/src/mart/samples/notes.md', text: 'nobody was told' })).toEqual([])
  })
})

/** Names that say nothing of what they hold, in folders that have none left. */
const VAGUE_NAME = /\b(?:const|let|function) (?:said|again|against|told|looks)\b/
const WITHOUT_VAGUE_NAMES = /^(?:apps\/gateway|libs\/(?:after-sale|case-handling|ledgers|messaging|read-models))\//

const findVagueNames = ({ path, text }: SourceFile): string[] =>
  text.split('\n').flatMap((line, index) => (VAGUE_NAME.test(line) ? [`${path}:${index + 1}`] : []))

describe('a vague name', () => {
  it('is not declared in the folders that are declared free of them', () => {
    const files = readSources(/\.ts$/).filter(({ path }) => WITHOUT_VAGUE_NAMES.test(path))
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap(findVagueNames)).toEqual([])
  })

  it.each(['const said = publicEventOf(event)', 'function against(action: Action): string[] {', 'let again = false'])(
    'is found in: %s',
    (text) => {
      expect(findVagueNames({ path: 'libs/after-sale/src/x.ts', text })).toEqual(['libs/after-sale/src/x.ts:1'])
    },
  )
})
