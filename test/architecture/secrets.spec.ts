/** No paths of a developer's machine, no keys and no registry addresses in the repository. */
import { type SourceFile, sources } from './tree'

// Put together from pieces, so that this file does not find itself.
const privatePlaces = new RegExp(`(?<![\\w.~}])/(?:${['work', 'root', 'home', 'Users', 'tmp'].join('|')})/[\\w.-]+`)
const privateKey = new RegExp(['-----BEGIN (?:[A-Z]+ )?PRIVATE', 'KEY-----'].join(' '))
const registryKey = /_authToken\s*=|_password\s*=|\bnpm_[A-Za-z0-9]{36}\b/

const text = /\.(?:ts|tsx|mjs|cjs|js|json|md|yml|yaml|css|html|sql|svg)$|^\.[^/]+$|^\.ci\/|^LICENSE$/

function leaks({ path, text: content }: SourceFile): string[] {
  return content.split('\n').flatMap((line, index) => {
    const found = [privatePlaces, privateKey, registryKey]
      .map((pattern) => pattern.exec(line)?.[0])
      .find((match) => match !== undefined)
    return found === undefined ? [] : [`${path}:${index + 1} ${found}`]
  })
}

/** Entries whose address says which registry they came from. */
function addresses(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { resolved?: string; link?: boolean }> }
  return Object.entries(packages).flatMap(([name, { resolved }]) =>
    resolved?.startsWith('http') ? [`${name}: ${resolved}`] : [],
  )
}

describe('the tree', () => {
  it('names no place of the machine on which it was written, and holds no key', () => {
    expect(
      sources(text)
        .filter(({ path }) => path !== 'package-lock.json')
        .flatMap(leaks),
    ).toEqual([])
  })

  it('is reported otherwise', () => {
    const place = ['', 'work', 'main', 'libs'].join('/')
    const key = ['-----BEGIN RSA PRIVATE', 'KEY-----'].join(' ')
    expect(
      leaks({
        path: 'a.ts',
        text: `ok\nread('${place}')\n${key}\nGET ${['/api', 'work', '1'].join('/')} and src/tmp/x`,
      }),
    ).toEqual([`a.ts:2 ${['', 'work', 'main'].join('/')}`, `a.ts:3 ${key}`])
  })

  it('has a lock file that names no registry, so that each machine uses its own', () => {
    expect(sources(/^package-lock\.json$/).flatMap(({ text: lock }) => addresses(lock))).toEqual([])
    expect(
      addresses(
        JSON.stringify({
          packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' }, 'node_modules/b': {} },
        }),
      ),
    ).toEqual(['node_modules/a: https://registry.example/a.tgz'])
  })
})
