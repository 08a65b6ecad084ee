/** A marketplace is one folder: its words occur nowhere else, or the next marketplace will cost more than a folder. */
import { type SourceFile, sources } from './tree'

const words =
  /pinduoduo|pdd|douyin|doudian|aftersale_(?:id|status|type)|after_sales?_(?:id|status|type)|refund_status|拼多多|抖音|抖店/i

const athome = [
  /^libs\/connectors\/src\/(?:pinduoduo|douyin)\//,
  // The line-up: one line a marketplace.
  /^libs\/connectors\/src\/marketplaces\.ts$/,
  /^apps\/simulator\//,
  // The demo organisation has stores at marketplaces.
  /^apps\/standalone\//,
  /^test\//,
  /\.spec\.tsx?$/,
]

const code = /^(?:apps|libs)\/.*\.(?:ts|tsx|mjs|cjs|js|css|html|sql)$/

/** Comments may say where a rule comes from (`R088 (Pinduoduo)`); code may not. */
function strayWords({ path, text }: SourceFile): string[] {
  if (!code.test(path) || athome.some((place) => place.test(path))) return []
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*/, '$1'))
    .flatMap((line, index) => (words.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : []))
}

describe("the marketplaces' words", () => {
  it('occur only where a marketplace is at home', () => {
    expect(sources(code).flatMap(strayWords)).toEqual([])
  })

  it.each([
    ['libs/after-sale/src/case.ts', "if (marketplace === 'pdd') refund()"],
    ['libs/case-handling/src/receive.ts', 'const status = raw.aftersale_status'],
    ['libs/connectors/src/contract/inbound.ts', "export type Marketplace = 'pinduoduo' | 'douyin'"],
    ['libs/event-store/src/inbox/inbox.ts', 'const url = "https://open.douyin.example" // where it came from'],
    ['apps/console/web/queue/row.tsx', '<span>抖音</span>'],
  ])('are found in %s: %s', (path, line) => {
    expect(strayWords({ path, text: `/** A comment. */\n${line}\n` })).toEqual([
      `${path}:2 ${line.replace(/ \/\/.*/, '')}`,
    ])
  })

  it.each([
    ['libs/connectors/src/pinduoduo/statuses.ts', 'export const pddStatuses = {}'],
    ['libs/connectors/src/marketplaces.ts', "import { douyin } from './douyin'"],
    [
      'libs/after-sale/src/terms.ts',
      '/** R088 (Pinduoduo): the merchant answers within 48 hours. */ // so does Douyin',
    ],
  ])('are at home in %s: %s', (path, text) => {
    expect(strayWords({ path, text })).toEqual([])
  })
})
