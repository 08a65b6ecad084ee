/** What `npm ci` runs on another machine, and how the next start detects an interrupted installation. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT, readSources } from './tree'

const readSource = (name: string): string => readSources(new RegExp(`^${name.replace(/\./g, '\\.')}$`))[0]?.text ?? ''

describe('an installation that was interrupted (fault D2)', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'shouhou-install-'))
    put('package-lock.json', '{}')
    put(
      'node_modules/.package-lock.json',
      JSON.stringify({ packages: { 'node_modules/a': {}, 'node_modules/@b/c': {} } }),
    )
    put('node_modules/a/package.json', '{}')
    put('node_modules/@b/c/package.json', '{}')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const put = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const remove = (path: string): void => rmSync(join(root, path), { recursive: true })
  /** As the next start sees it: plain Node, before there are packages. */
  const isInstalled = (stamp = 'same'): boolean => {
    const module = pathToFileURL(join(ROOT, 'apps/standalone/installed.mjs')).href
    const script = `import(${JSON.stringify(module)}).then(({ isInstalled }) => console.log(isInstalled(${JSON.stringify(root)}, ${JSON.stringify(stamp)}, 'same')))`
    return execFileSync(process.execPath, ['-e', script]).toString().trim() === 'true'
  }

  it('is recognised as incomplete, wherever it stopped', () => {
    expect(isInstalled()).toBe(true)
    remove('node_modules/@b/c/package.json')
    expect(isInstalled()).toBe(false)
    put('node_modules/@b/c/package.json', '{}')
    put('node_modules/.package-lock.json', '{"packages": {"node_modu')
    expect(isInstalled()).toBe(false)
    remove('node_modules/.package-lock.json')
    expect(isInstalled()).toBe(false)
    remove('node_modules')
    expect(isInstalled()).toBe(false)
  })

  it('is distinguished from one that was done by hand since the lock file changed', () => {
    utimesSync(join(root, 'package-lock.json'), 1_000, 1_000)
    expect(isInstalled('another')).toBe(true)
    utimesSync(join(root, 'package-lock.json'), 4e9, 4e9)
    expect(isInstalled('another')).toBe(false)
  })
})

describe('the installed packages (fault C5)', () => {
  it('run no scripts and no telemetry at installation', () => {
    expect(readSource('.npmrc').split('\n')).toContain('ignore-scripts=true')
    // The setting would also silence ours, so there are none that npm calls by itself.
    const { scripts } = JSON.parse(readSource('package.json')) as { scripts: Record<string, string> }
    const names = Object.keys(scripts)
    const hooks = names.filter(
      (name) => /^(?:pre|post)/.test(name) && names.includes(name.replace(/^(?:pre|post)/, '')),
    )
    expect([...hooks, ...names.filter((name) => /^(?:pre|post)?(?:install|prepare|publish|pack)$/.test(name))]).toEqual(
      [],
    )
  })

  it('come from the registry that the machine uses: the lock file names none', () => {
    expect(readSource('package-lock.json')).not.toMatch(/"resolved": *"http/)
  })
})
