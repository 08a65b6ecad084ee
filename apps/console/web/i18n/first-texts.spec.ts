import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { FIRST_TEXTS } from './first-texts'
import { LATE_TEXTS } from './late-texts'

const WEB = join(__dirname, '..')

/** The modules that are loaded before the queue is shown: all that `main.tsx` imports, but not what it loads later. */
function modulesOfFirstLoad(): string[] {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const statics = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^'(]*?'(\.[^']+)'/gm)
    for (const [, source = ''] of statics) {
      const base = join(dirname(file), source)
      const next = [`${base}.tsx`, `${base}.ts`].find((path) => existsSync(path))
      if (next !== undefined) visit(next)
    }
  }
  visit(join(WEB, 'main.tsx'))
  return [...found]
}

/** Groups of the texts in a source: of `'case.title'` it is `case`. Permissions (`'audit.read'`) look alike. */
const keysIn = (source: string): string[] =>
  [...source.matchAll(/['`]([a-z]\w*)\.(?!read'|write')[\w$]/gi)].map(([, group = '']) => group)

describe('the texts of the first load', () => {
  it('are all that the queue and the header use', () => {
    const late = new Set(Object.keys(LATE_TEXTS))
    const modules = modulesOfFirstLoad()
    const missing = modules.flatMap((file) =>
      keysIn(readFileSync(file, 'utf8'))
        .filter((group) => late.has(group))
        .map((group) => `${relative(WEB, file)}: ${group}`),
    )
    expect(missing).toEqual([])
    expect(modules.length).toBeGreaterThan(40)
    expect(modules.some((file) => file.endsWith('queue/case-table.tsx'))).toBe(true)
    expect(modules.some((file) => file.endsWith('case/case-page.tsx'))).toBe(false)
  })

  it('share no group with the later ones, which would be overwritten', () => {
    const first = new Set(Object.keys(FIRST_TEXTS))
    expect(Object.keys(LATE_TEXTS).filter((group) => first.has(group))).toEqual([])
  })

  it('are missed where a module uses another screen’s', () => {
    expect(keysIn("t('case.title') + t(`acting.close.${as}`) + useMay('audit.read')")).toEqual(['case', 'acting'])
  })
})
