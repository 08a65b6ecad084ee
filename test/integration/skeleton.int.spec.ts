/**
 * The skeleton marketplace against its simulation; and a copy of both under another name, as a new marketplace begins: two
 * folders and one line in each line-up must be enough for the contract suite to pass.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { skeleton as simulated } from '../../apps/simulator/src/skeleton'
import { performingContract } from '../../libs/connectors/src/contract/suite/performing-contract'
import { skeleton } from '../../libs/connectors/src/skeleton'
import { openSimulatedStage } from './simulated-stage'

performingContract('skeleton', skeleton, () => openSimulatedStage(skeleton, simulated))

const ROOT = join(__dirname, '../..')
const { moduleNameMapper } = createRequire(__filename)('../jest.config.cjs') as {
  readonly moduleNameMapper: Readonly<Record<string, string>>
}
const NAME = 'madeup'

/** Renames the skeleton in file names and contents. */
function renameSkeleton(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll('skeleton', NAME).replaceAll('Skeleton', 'Madeup').replaceAll('样板', '杜撰'))
    renameSync(path, join(entry.parentPath, entry.name.replaceAll('skeleton', NAME)))
  }
}

/** Adds the copy to a line-up: the import and the entry of the list. */
function addToLineUp(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    `import { ${NAME} } from './${NAME}'\n${text.replace(/(MARKETPLACES\b[^=]*= )\[/, `$1[${NAME}, `)}`,
  )
}

/** Runs the connector specs of the copied tree; libraries that are not copied come from this checkout. Returns jest's output. */
async function runSpecs(tree: string): Promise<string> {
  const config = {
    rootDir: tree,
    testMatch: ['**/*.spec.ts'],
    moduleNameMapper: {
      '^#connectors$': join(tree, 'libs/connectors/src/index.ts'),
      ...Object.fromEntries(
        Object.entries(moduleNameMapper).map(([name, path]) => [name, path.replace('<rootDir>', ROOT)]),
      ),
    },
    transform: { '^.+\\.(t|j)s$': ['@swc/jest'] },
    cacheDirectory: join(tree, '.cache'),
    testTimeout: 60_000,
  }
  const specs = [`libs/connectors/src/${NAME}/`, 'libs/connectors/src/folders', 'test/integration/performing']
  const args = [
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    '--config',
    JSON.stringify(config),
    '-i',
    ...specs,
    '-t',
    NAME,
  ]
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 1e8 })
  return stderr
}

it('passes the contract suite when copied under another name and added to both line-ups', async () => {
  const tree = mkdtempSync(join(tmpdir(), 'copied-skeleton-'))
  try {
    for (const part of [
      'libs/connectors/src',
      'apps/simulator/src',
      'test/integration/simulated-stage.ts',
      'test/integration/performing.int.spec.ts',
    ])
      cpSync(join(ROOT, part), join(tree, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
    for (const place of ['libs/connectors/src', 'apps/simulator/src']) {
      cpSync(join(ROOT, place, 'skeleton'), join(tree, place, NAME), { recursive: true })
      renameSkeleton(join(tree, place, NAME))
      addToLineUp(join(tree, place, 'marketplaces.ts'))
    }
    const output = await runSpecs(tree)
    expect(output).toMatch(/Test Suites: (?:\d+ skipped, )?3 passed/)
    expect(Number(/(\d+) passed, \d+ total/.exec(output.slice(output.indexOf('Tests:')))?.[1])).toBeGreaterThan(200)
  } finally {
    rmSync(tree, { recursive: true })
  }
}, 300_000)
