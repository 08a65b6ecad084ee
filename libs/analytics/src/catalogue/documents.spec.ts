import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { DIMENSIONS, dimensionsOf } from './dimensions'
import { CATALOGUE_FILES, catalogueYaml } from './documents'
import type { Metric } from './metric'
import { measuresOf } from './metric'
import { CATALOGUE_NAMES, metricNamed } from './metrics'
import { MEASURES } from './measures'

const ROOT = join(__dirname, '../../../..')

describe('the generated files of the catalogue', () => {
  it.each(Object.keys(CATALOGUE_FILES))('%s is as the catalogue says (else: npm run analytics -- catalogue)', (path) =>
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(CATALOGUE_FILES[path]?.()),
  )

  it('the YAML is read by a YAML parser, with every metric and measure', () => {
    const read = load(catalogueYaml()) as { readonly metrics: object; readonly measures: object }
    expect(Object.keys(read.metrics)).toEqual(CATALOGUE_NAMES)
    expect(Object.keys(read.measures)).toEqual(Object.keys(MEASURES))
    expect(read.metrics).toMatchObject({
      dispute_refund_rate: { numerator: 'dispute_refunds', window_days: 30, exclusions: ['R067', 'R068'], version: 1 },
    })
  })
})

describe('every metric', () => {
  it.each(CATALOGUE_NAMES)('%s is named and described in two languages', (name) => {
    const { label, description } = metricNamed(name)
    for (const { zh, en } of [label, description]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[\x20-\x7e]+$/)
    }
  })

  it('has its own name, and dimensions that are named', () => {
    const labels = CATALOGUE_NAMES.flatMap((name) => Object.values(metricNamed(name).label))
    expect(new Set(labels).size).toBe(labels.length)
    const used = new Set(CATALOGUE_NAMES.flatMap((name) => dimensionsOf(metricNamed(name))))
    expect([...used].sort()).toEqual(Object.keys(DIMENSIONS).sort())
  })

  it('is made of measures, and every measure is in a metric', () => {
    const used = new Set(CATALOGUE_NAMES.flatMap((name) => measuresOf(metricNamed(name))))
    const unused = Object.keys(MEASURES).filter((name) => !used.has(name as keyof typeof MEASURES))
    expect(unused).toEqual([])
  })

  it('that is a difference is one of measures of different facts: their rows are listed as one', () => {
    const derived = CATALOGUE_NAMES.map((name): Metric => metricNamed(name)).filter((one) => one.type === 'derived')
    expect(derived.map(({ plus, minus }) => [MEASURES[plus].source, MEASURES[minus].source])).toEqual([
      ['case', 'appeal'],
    ])
  })
})
