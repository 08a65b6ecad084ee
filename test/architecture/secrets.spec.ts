/** No paths of a developer's machine, no keys and no registry addresses in the repository. */
import { type SourceFile, readSources } from './tree'

// Put together from pieces, so that this file does not find itself.
const PRIVATE_PATH = new RegExp(`(?<![\\w.~}])/(?:${['work', 'root', 'home', 'Users', 'tmp'].join('|')})/[\\w.-]+`)
const PRIVATE_KEY = new RegExp(['-----BEGIN (?:[A-Z]+ )?PRIVATE', 'KEY-----'].join(' '))
const REGISTRY_KEY = /_authToken\s*=|_password\s*=|\bnpm_[A-Za-z0-9]{36}\b/

const text = /\.(?:ts|tsx|mjs|cjs|js|json|md|yml|yaml|css|html|sql|svg)$|^\.[^/]+$|^\.ci\/|^LICENSE$/

function findLeaks({ path, text: content }: SourceFile): string[] {
  return content.split('\n').flatMap((line, index) => {
    const found = [PRIVATE_PATH, PRIVATE_KEY, REGISTRY_KEY]
      .map((pattern) => pattern.exec(line)?.[0])
      .find((match) => match !== undefined)
    return found === undefined ? [] : [`${path}:${index + 1} ${found}`]
  })
}

/** Entries whose address says which registry they came from. */
function findRegistryAddresses(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { resolved?: string; link?: boolean }> }
  return Object.entries(packages).flatMap(([name, { resolved }]) =>
    resolved?.startsWith('http') ? [`${name}: ${resolved}`] : [],
  )
}

describe('the tree', () => {
  it('contains no path of a developer’s machine, and no key', () => {
    expect(
      readSources(text)
        .filter(({ path }) => path !== 'package-lock.json')
        .flatMap(findLeaks),
    ).toEqual([])
  })

  it('canary: is reported if it contains one', () => {
    const place = ['', 'work', 'main', 'libs'].join('/')
    const key = ['-----BEGIN RSA PRIVATE', 'KEY-----'].join(' ')
    expect(
      findLeaks({
        path: 'a.ts',
        text: `ok\nread('${place}')\n${key}\nGET ${['/api', 'work', '1'].join('/')} and src/tmp/x`,
      }),
    ).toEqual([`a.ts:2 ${['', 'work', 'main'].join('/')}`, `a.ts:3 ${key}`])
  })

  it('has a lock file that names no registry, so that each machine uses its own', () => {
    expect(readSources(/^package-lock\.json$/).flatMap(({ text: lock }) => findRegistryAddresses(lock))).toEqual([])
    expect(
      findRegistryAddresses(
        JSON.stringify({
          packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' }, 'node_modules/b': {} },
        }),
      ),
    ).toEqual(['node_modules/a: https://registry.example/a.tgz'])
  })
})
