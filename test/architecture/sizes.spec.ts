/** One idea a file: what needs more than 250 lines is two ideas. */
import { type SourceFile, sources, tree } from './tree'

const mostLines = 250

/** Written by `npm run api-types`; `page-files.spec.ts` compares it with the API. */
const generated = new Set(['apps/console/web/api/schema.ts'])

const tooLong = ({ path, text }: SourceFile): string[] => {
  if (generated.has(path)) return []
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > mostLines ? [`${path}: ${lines} lines`] : []
}

const fixed = new Set([
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

const unexpectedEntries = (paths: readonly string[]): string[] =>
  [...new Set(paths.map((path) => path.split('/')[0] as string))].filter(
    (name) => !fixed.has(name) && !name.startsWith('.'),
  )

describe('the tree', () => {
  it(`has no source file of more than ${mostLines} lines`, () => {
    expect(sources(/^(?:apps|libs|test)\/.*\.(?:ts|tsx|mjs|cjs|css)$/).flatMap(tooLong)).toEqual([])
  })

  it('counts lines as a reader does', () => {
    expect(tooLong({ path: 'just-right.ts', text: 'x\n'.repeat(250) })).toEqual([])
    expect(tooLong({ path: 'too-long.ts', text: 'x\n'.repeat(251) })).toEqual(['too-long.ts: 251 lines'])
  })

  it('has a fixed top level', () => {
    expect(unexpectedEntries(tree())).toEqual([])
    expect(unexpectedEntries(['docs/plan.md', 'apps/worker/src/main.ts', '.swcrc', 'vite.config.ts'])).toEqual([
      'docs',
      'vite.config.ts',
    ])
  })
})
