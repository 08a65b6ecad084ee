import { ROOT } from '../architecture/tree'
import { placesOf } from './catalogue'
import { rulesNamedIn } from './named-rules'
import { isOpen, ruleRows, unknownRulesIn } from './rule-table'
import { WIDTH, columnsOf, tableOf } from './format-table'
import { testTitlesOf } from './test-titles'
import { TITLES } from './rule-titles'

// Written so that this file, which is read for ids, too, names none by its own titles.
/** Written apart, so that the examples below do not count as tests of these rules. */
const R = 'R'
const titlesIn = (text: string): string[] => testTitlesOf(text).map(({ title }) => title)

describe('rulesNamedIn, the rules that a test title names', () => {
  it.each([
    ['one id', `${R}154: strictly less`, ['R154']],
    ['a list of ids', `${R}148, ${R}149: both`, ['R148', 'R149']],
    ['an id in brackets', `is the platform’s (${R}142)`, ['R142']],
    ['a range', `${R}156–${R}158: opening and closing`, ['R156', 'R157', 'R158']],
    ['a range with a hyphen and one more', `${R}001-${R}003, ${R}001`, ['R001', 'R002', 'R003']],
    ['every id of a range of twelve', `${R}001–${R}012`, 12],
    ['no id in a longer range', `${R}001–${R}013`, 0],
    ['no id of a fault', `${R}22: built again`, []],
    ['no id in longer words', `${R}1234 and X${R}123`, []],
  ])('finds %s', (_name, title, ids) => {
    const named = rulesNamedIn(title)
    expect(typeof ids === 'number' ? named.length : named).toEqual(ids)
  })
})

describe('testTitlesOf, the titles of a file of tests', () => {
  it('finds the titles of groups and tests, also with tables, and nothing else', () => {
    const text = `
      // describe('a comment', () => {})
      describe('a group', () => {
        it("a test", () => { expect(f('no title')).toBe('nor this') })
        it.each([[1, 2]])('a test of %s', () => {})
        describe.each(rows)(\`a group of rows\`, () => {})
        test.only('the only one', () => {})
      })
      audit('not a test', () => {})`
    expect(titlesIn(text)).toEqual(['a group', 'a test', 'a test of %s', 'a group of rows', 'the only one'])
  })

  it('ignores tests that do not run', () => {
    const text = `it.skip('a', f); xit('b', f); it.todo('c'); describe.skip('d', () => { it('e', f) }); it.failing('f', f); it('g', f)`
    expect(titlesIn(text)).toEqual(['g'])
  })

  it('adds the values of rows if the title begins with a placeholder for them', () => {
    expect(titlesIn(`it.each([['first', 'second'], [x, 'y']])('%s: so', f)`)).toEqual(['%s: so', 'first'])
    expect(titlesIn(`it.each([{ rule: 'first', says: 'second' }])('$rule: so', f)`)).toEqual(['$rule: so', 'first'])
    expect(titlesIn(`it.each([['first']])('so: %s', f)`)).toEqual(['so: %s'])
  })

  it('gives the line of each title', () => {
    expect(testTitlesOf(`\n\nit('third', f)`)).toEqual([{ line: 3, title: 'third' }])
  })
})

describe('the table of rules', () => {
  const places = {
    titles: new Map([
      [`${R}001`, 'one'],
      [`${R}002`, 'two'],
      [`${R}003`, 'three'],
      [`${R}004`, 'four'],
    ]),
    specs: [
      { path: 'a.spec.ts', text: `it('${R}001: holds', f)\nit('${R}001: still', f)\n// ${R}004: planned` },
      { path: 'b.spec.ts', text: `describe('${R}001', f)` },
    ],
    templates: { [`${R}002`]: 'a text' },
    outside: { [`${R}003`]: 'no report contains it' },
  }

  it('shows the tests, the template or the reason of each rule, and marks a rule that has none', () => {
    const rows = ruleRows(places)
    expect(rows[0]?.tests).toEqual([
      { path: 'a.spec.ts', lines: [1, 2] },
      { path: 'b.spec.ts', lines: [1] },
    ])
    expect(rows.filter(isOpen).map(({ title }) => title)).toEqual(['four'])
    expect(tableOf(rows)).toContain(`${R}004  four              NOTHING`.replace(/ {2,}NOTHING/, '   NOTHING'))
    expect(tableOf(rows)).toContain('4 rules: 1 proven by tests, 1 text templates, 1 outside the gateway, 1 open')
  })

  it('reports a cited id that is not in the catalogue', () => {
    expect(unknownRulesIn(places)).toEqual([])
    expect(unknownRulesIn({ ...places, specs: [{ path: 'c.spec.ts', text: `it('${R}175: what?', f)` }] })).toEqual([
      `${R}175 in c.spec.ts`,
    ])
  })

  it(`fits ${WIDTH} columns, whatever its content`, () => {
    const rows = ruleRows({
      ...places,
      outside: { [`${R}003`]: '平台没有告诉我们，'.repeat(30), [`${R}004`]: 'so many words '.repeat(40) },
    })
    for (const line of tableOf(rows).split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(WIDTH)
  })
})

describe('the catalogue', () => {
  it('has 174 rules, each with a title of its own', () => {
    expect(TITLES.size).toBe(174)
    expect([...TITLES.keys()].at(-1)).toBe(`${R}174`)
    expect(new Set(TITLES.values()).size).toBe(174)
  })
})

describe('this checkout', () => {
  const places = placesOf(ROOT)

  it('has a test, a text or a reason for every rule of the catalogue', () => {
    expect(
      ruleRows(places)
        .filter(isOpen)
        .map(({ id, title }) => `${id} ${title}`),
    ).toEqual([])
  })

  it('cites no rule that is not in the catalogue', () => {
    expect(unknownRulesIn(places)).toEqual([])
  })

  it('canary: a rule is reported as uncovered when the tests that cite it are gone', () => {
    expect(ruleRows({ ...places, specs: [] }).filter(isOpen).length).toBeGreaterThan(100)
  })
})
