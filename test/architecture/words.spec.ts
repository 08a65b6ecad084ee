/** A marketplace is one folder: its words occur nowhere else, or the next marketplace will cost more than a folder. */
import { MARKETPLACES } from '#connectors'
import { type SourceFile, readSources } from './tree'

/** What people and its wire call each marketplace of the line-up: a new one brings its words along. */
const MARKETPLACE_WORDS = new RegExp(
  [...new Set(MARKETPLACES.flatMap(({ knownAs, wireWords }) => [...knownAs, ...wireWords]))].join('|'),
  'i',
)
const marketplaceFolders = MARKETPLACES.map(({ marketplace }) => marketplace).join('|')

const ALLOWED = [
  new RegExp(`^(?:libs/connectors|apps/simulator)/src/(?:${marketplaceFolders})/`),
  // The line-ups: one line a marketplace.
  /^(?:libs\/connectors|apps\/simulator)\/src\/marketplaces\.ts$/,
  /^(?:apps\/simulator\/)?test\//,
  /\.spec\.tsx?$/,
]

const CODE = /^(?:apps|libs)\/.*\.(?:ts|tsx|mjs|cjs|js|css|html|sql)$/

/** Comments may say where a rule comes from (`R088 (Pinduoduo)`); code may not. */
function findStrayWords({ path, text }: SourceFile): string[] {
  if (!CODE.test(path) || ALLOWED.some((place) => place.test(path))) return []
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*/, '$1'))
    .flatMap((line, index) => (MARKETPLACE_WORDS.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : []))
}

describe("the marketplaces' words", () => {
  it('include the id and the wire words of every marketplace in the line-up', () => {
    const named = MARKETPLACES.filter(({ knownAs }) => knownAs.length > 0)
    expect(named.length).toBeGreaterThan(1)
    for (const { marketplace, wireWords } of named)
      for (const word of [marketplace, ...wireWords]) expect(word).toMatch(MARKETPLACE_WORDS)
  })

  it('occur only in the folders of their marketplace', () => {
    expect(readSources(CODE).flatMap(findStrayWords)).toEqual([])
  })

  it.each([
    ['libs/after-sale/src/case.ts', "if (marketplace === 'pdd') refund()"],
    ['libs/case-handling/src/receive.ts', 'const status = raw.aftersale_status'],
    ['libs/connectors/src/contract/inbound.ts', "export type Marketplace = 'pinduoduo' | 'douyin'"],
    ['libs/event-store/src/inbox/inbox.ts', 'const url = "https://open.douyin.example" // where it came from'],
    ['apps/console/web/queue/row.tsx', '<span>抖音</span>'],
    ['apps/simulator/src/world/world.ts', "if (record.marketplace === 'douyin') return"],
    ['apps/standalone/src/demo.ts', "marketplace: 'pinduoduo',"],
  ])('are reported in %s: %s', (path, line) => {
    expect(findStrayWords({ path, text: `/** A comment. */\n${line}\n` })).toEqual([
      `${path}:2 ${line.replace(/ \/\/.*/, '')}`,
    ])
  })

  it.each([
    ['libs/connectors/src/pinduoduo/statuses.ts', 'export const pddStatuses = {}'],
    ['libs/connectors/src/marketplaces.ts', "import { douyin } from './douyin'"],
    ['apps/simulator/src/douyin/index.ts', "id: 'douyin',"],
    [
      'libs/after-sale/src/terms.ts',
      '/** R088 (Pinduoduo): the merchant answers within 48 hours. */ // so does Douyin',
    ],
  ])('are allowed in %s: %s', (path, text) => {
    expect(findStrayWords({ path, text })).toEqual([])
  })
})
