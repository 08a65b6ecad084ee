/** Lists in READMEs that can be derived from the code are complete, and name nothing that is gone. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { settingsOf } from '#access'
import { RuntimeSettings } from '#runtime'
import { ConsoleSettings } from '../../apps/console/src/settings'
import { GatewaySettings } from '../../apps/gateway/src/settings'
import { StandaloneSettings } from '../../apps/standalone/src/settings'
import { WorkerSettings } from '../../apps/worker/src/settings'
import { ROOT, readSources } from './tree'

const readmes = readSources(/\.md$/)
const readSource = (path: string): string => readSources(new RegExp(`^${path.replace(/\./g, '\\.')}$`))[0]?.text ?? ''
const listFolders = (path: string): string[] =>
  readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
const matchNames = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name)
const findMissing = (text: string, names: readonly string[]): string[] =>
  names.filter((name) => !new RegExp(`\\b${name}(?:_FILE)?\\b`).test(text))

/** `deployment-status` answers metrics, `rebuild` writes: neither is a question of an operator. */
const questions = readSources(/^libs\/read-models\/src\/[^/]+\/index\.ts$/).flatMap(({ text }) =>
  matchNames(text, /new Question\('([\w-]+)'/g),
)
const commands = readSources(/^libs\/case-handling\/src\/.*(?<!\.spec)\.ts$/).flatMap(({ text }) =>
  matchNames(text, /^export class (\w+) extends Command\b/gm),
)
const settings = [RuntimeSettings, GatewaySettings, WorkerSettings, ConsoleSettings, StandaloneSettings].flatMap(
  (shape) => settingsOf(shape),
)
const { scripts } = JSON.parse(readSource('package.json')) as { scripts: Record<string, string> }

describe('the READMEs', () => {
  it('show every process and library in the tree, and no other', () => {
    const tree = /```\napps [\s\S]*?```/.exec(readSource('README.md'))?.[0] ?? ''
    const [processes = '', libraries = ''] = tree.split('\nlibs')
    expect(matchNames(processes, /^[├└]── ([\w-]+)/gm).sort()).toEqual(listFolders('apps').sort())
    expect(matchNames(libraries, /^[├└]── ([\w-]+)/gm).sort()).toEqual(listFolders('libs').sort())
  })

  it('list every question, and no other', () => {
    const table = readSource('libs/read-models/README.md').split('\n## ')[0] ?? ''
    expect(matchNames(table, /^\| `([\w-]+)` \|/gm).sort()).toEqual([...questions].sort())
  })

  it('name every command of case-handling', () => {
    expect(findMissing(readSource('libs/case-handling/README.md'), commands)).toEqual([])
  })

  it('explain every setting', () => {
    const all = readmes.map(({ text }) => text).join('\n')
    expect(findMissing(all, settings)).toEqual([])
  })

  it('name every script of npm, and no other', () => {
    const all = readmes.map(({ text }) => text).join('\n')
    const named = new Set(matchNames(all, /\bnpm run ([\w-]+)/g))
    const known = Object.keys(scripts)
    expect([...named].filter((name) => !known.includes(name))).toEqual([])
    expect(known.filter((name) => !named.has(name) && name !== 'start' && name !== 'test')).toEqual([])
  })

  it('canary: are checked against lists that are not empty', () => {
    expect([questions, commands, settings].map((list) => list.length > 7)).toEqual([true, true, true])
    expect(findMissing('`AcceptDelivery`', ['AcceptDelivery', 'Accept'])).toEqual(['Accept'])
  })
})
