import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, readSources } from './tree'

const CITED = /\bfaults? ((?:[A-F]\d+(?:, | and )?)+)/g
const listed = new Set(
  [...readFileSync(join(ROOT, 'test/faults/README.md'), 'utf8').matchAll(/^\| ([A-FS]\d+) \|/gm)].map(([, id]) => id),
)

const idsCitedIn = (text: string): string[] =>
  [...text.matchAll(CITED)].flatMap(([, ids = '']) => ids.match(/[A-F]\d+/g) ?? [])
const unlistedIds = (text: string): string[] => idsCitedIn(text).filter((id) => !listed.has(id))

describe('the fault that a test or comment cites', () => {
  it('is in the list of test/faults/README.md', () => {
    const sources = readSources(/^(?:apps|libs|test)\/.*\.tsx?$/)
    const unknown = sources.flatMap(({ path, text }) => unlistedIds(text).map((id) => `${path}: ${id}`))
    expect(unknown.filter((line) => !line.startsWith('test/architecture/fault-ids'))).toEqual([])
  })

  it('is one that a test cites, for each fault of the list', () => {
    const tests = readSources(/^(?:apps|libs|test)\/.*(?:\.spec|contract\/suite\/.*)\.ts$/).filter(
      ({ path }) => !path.startsWith('test/architecture/fault-ids'),
    )
    const cited = new Set(tests.flatMap(({ text }) => idsCitedIn(text)))
    const found = [...listed].filter((id = '') => /^[A-F]/.test(id))
    expect(found.length).toBeGreaterThan(40)
    expect(found.filter((id = '') => !cited.has(id))).toEqual([])
  })

  it('canary: an id that is not listed is reported', () => {
    expect(unlistedIds('(fault A4) and (faults B6, B77)')).toEqual(['B77'])
  })
})
