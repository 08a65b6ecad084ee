import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(__dirname, '../..')
/** The processes that may be the first to start, and so migrate the database. */
const STARTERS = [
  'apps/gateway/src/main.ts',
  'apps/worker/src/main.ts',
  'apps/console/src/main.ts',
  'apps/standalone/src/standalone.ts',
]

/** The names of a file that end with `_MIGRATIONS` or `_TABLES` and are spread into a list. */
const spreadIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\.\.\.(\w+_(?:MIGRATIONS|TABLES))\b/g)].map(([, name = '']) => name))].sort()

describe('every process that may migrate', () => {
  it('knows the same migrations; otherwise it would refuse the tables as newer than its code', () => {
    const lists = STARTERS.map((path) => spreadIn(readFileSync(join(ROOT, path), 'utf8')).join(' '))
    expect(lists[0]?.split(' ').length).toBeGreaterThan(5)
    expect(new Set(lists).size).toBe(1)
  })

  it('canary: is reported if it lacks a list that the others have', () => {
    expect(spreadIn('[...A_MIGRATIONS, ...B_MIGRATIONS]')).not.toEqual(spreadIn('[...A_MIGRATIONS]'))
  })
})
