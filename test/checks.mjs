/** The checks of `npm test` and `npm run check`: types, lint, format, boundaries. */
import { join } from 'node:path'

/**
 * The longest first: two run at a time.
 * @param {string} root
 * @param {boolean} quick `npm run check`: ESLint looks only at files that changed
 */
export function checksOf(root, quick) {
  const tool = (path, ...words) => ({ words: [join(root, 'node_modules', path), ...words] })
  // The native compiler takes a sixth of the processor time. The tools that call the compiler (lint, the API's types) still need 6.
  const types = (project) => tool('typescript-7/bin/tsc', '--noEmit', '--singleThreaded', '-p', project)
  return [
    {
      name: 'lint',
      limit: 480,
      ...tool(
        'eslint/bin/eslint.js',
        '-c',
        'test/architecture/eslint.untyped.config.mjs',
        '--max-warnings',
        '0',
        ...(quick ? ['--cache', '--cache-location', '.cache/eslint', '--cache-strategy', 'content'] : []),
        'apps',
        'libs',
        'test',
      ),
    },
    {
      name: 'lint',
      label: 'typed lint',
      limit: 480,
      ...tool(
        'oxlint/bin/oxlint',
        '--type-aware',
        '--threads',
        '1',
        '-c',
        'test/architecture/oxlint.json',
        'apps',
        'libs',
        'test',
      ),
    },
    { name: 'types', limit: 480, ...types('tsconfig.json') },
    {
      name: 'types',
      label: 'page types',
      limit: 480,
      only: 'apps/console/web/tsconfig.json',
      ...types('apps/console/web/tsconfig.json'),
    },
    {
      name: 'format',
      limit: 480,
      ...tool(
        'prettier/bin/prettier.cjs',
        '--check',
        '--cache',
        '--cache-location',
        '.cache/prettier',
        '--log-level',
        'warn',
        '{apps,libs,test}/**/*.{ts,tsx,mjs,cjs}',
      ),
    },
    {
      name: 'boundaries',
      limit: 480,
      ...tool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        'test/architecture/boundaries.cjs',
        '--output-type',
        'err',
        'apps',
        'libs',
      ),
    },
  ]
}
