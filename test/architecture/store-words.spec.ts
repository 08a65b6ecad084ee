/** The event store keeps streams, messages and instants; words of the trade in its code would be knowledge that it must not have. */
import { type SourceFile, readSources } from './tree'

const TRADE_WORDS =
  /after-?sale|strateg|\barm(?:ed|ings?)\b|appeal|evidence|\btrials?\b|budget|\bgrants?\b|\bshadow|verdict|polic(?:y|ies)|refund|buyer|seller|merchant|parcel|freight|carrier|dispute|\bgoods\b|caseNumber|lastSeen/i

const STORE_CODE = /^libs\/event-store\/src\/.*\.ts$/
const EXEMPT = [
  // What earlier versions did to the tables is history and does not change.
  /^libs\/event-store\/src\/migrations\/\d{4}-/,
  /\.spec\.ts$/,
]

/** PostgreSQL's own words, as SQL is written here. */
const SQL = /\b(?:GRANT|POLICY|pg_policies|policyname)\b/g

/** Comments may say what a table is used for; code may not know it. */
function findStrayWords({ path, text }: SourceFile): string[] {
  if (!STORE_CODE.test(path) || EXEMPT.some((place) => place.test(path))) return []
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*/, '$1'))
    .flatMap((line, index) => (TRADE_WORDS.test(line.replace(SQL, '')) ? [`${path}:${index + 1} ${line.trim()}`] : []))
}

describe('words of after-sale', () => {
  it('do not occur in the event store', () => {
    expect(readSources(STORE_CODE).flatMap(findStrayWords)).toEqual([])
  })

  it.each([
    ['libs/event-store/src/index.ts', "export * from './strategies'"],
    ['libs/event-store/src/effects/effects.ts', 'const refunds = await sum()'],
    ['libs/event-store/src/pulls/pull-windows.ts', "const path = '{lastSeen,observedAt}' // where it is"],
    ['libs/event-store/src/streams/streams.ts', 'export interface AfterSaleStream {}'],
    ['libs/event-store/src/tenants/table-access.ts', 'const sql = `GRANT select ON grants TO policy`'],
  ])('are reported in %s: %s', (path, line) => {
    expect(findStrayWords({ path, text: `/** A comment about refunds. */\n${line}\n` })).toEqual([
      `${path}:2 ${line.replace(/ \/\/.*/, '')}`,
    ])
  })

  it.each([
    ['libs/event-store/src/streams/streams.ts', '/** One stream: an after-sale case. */ // with its appeals'],
    ['libs/event-store/src/migrations/0121-failing-readings.ts', "state ->> 'caseNumber'"],
    ['libs/ledgers/src/strategies/strategies.ts', 'export class Strategy {}'],
    ['libs/event-store/src/tenants/table-access.ts', 'CREATE POLICY tenants ON event'],
    // Whole words only.
    ['libs/event-store/src/leases/leases.ts', 'const alarm = harmless(granted)'],
  ])('are allowed in %s: %s', (path, text) => {
    expect(findStrayWords({ path, text })).toEqual([])
  })
})
