/** One idea a file: what needs more than 250 lines is two ideas. */
import { type SourceFile, readSources, listFiles } from './tree'

const MAX_LINES = 250

/** Written by `npm run api-types`; `page-files.spec.ts` compares it with the API. */
const GENERATED = new Set(['apps/console/web/api/schema.ts', 'apps/console/web/i18n/glossary.ts'])

const findTooLong = ({ path, text }: SourceFile): string[] => {
  if (GENERATED.has(path)) return []
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > MAX_LINES ? [`${path}: ${lines} lines`] : []
}

const TOP_LEVEL = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'nest-cli.json',
  'apps',
  'libs',
  'test',
  'docker-compose.yml',
  'README.md',
  'LICENSE',
])

const findUnexpectedEntries = (paths: readonly string[]): string[] =>
  [...new Set(paths.map((path) => path.split('/')[0] as string))].filter(
    (name) => !TOP_LEVEL.has(name) && !name.startsWith('.'),
  )

describe('the tree', () => {
  it(`has no source file of more than ${MAX_LINES} lines`, () => {
    expect(readSources(/^(?:apps|libs|test)\/.*\.(?:ts|tsx|mjs|cjs|css)$/).flatMap(findTooLong)).toEqual([])
  })

  it('canary: a file is reported from one line above the limit on', () => {
    expect(findTooLong({ path: 'just-right.ts', text: 'x\n'.repeat(250) })).toEqual([])
    expect(findTooLong({ path: 'too-long.ts', text: 'x\n'.repeat(251) })).toEqual(['too-long.ts: 251 lines'])
  })

  it('has a fixed top level', () => {
    expect(findUnexpectedEntries(listFiles())).toEqual([])
    expect(findUnexpectedEntries(['docs/plan.md', 'apps/worker/src/main.ts', '.swcrc', 'vite.config.ts'])).toEqual([
      'docs',
      'vite.config.ts',
    ])
  })
})
