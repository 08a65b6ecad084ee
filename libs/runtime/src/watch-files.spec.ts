import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPromtool } from '../../../test/find-promtool.cjs'
import {
  DeliveryMetrics,
  LoopMetrics,
  Metrics,
  exportFeedMetrics,
  exportDeploymentMetrics,
  exportPoolMetrics,
  exportPublishingMetrics,
  exportSecretMetrics,
} from '.'

const FOLDER = join(__dirname, '..')
const ALERTS = readFileSync(join(FOLDER, 'alerts/shouhou.rules.yml'), 'utf8')
const DASHBOARD = readFileSync(join(FOLDER, 'dashboards/shouhou.json'), 'utf8')

/** Every metric that any of our processes exports. */
function everything(): Metrics {
  const metrics = new Metrics('standalone')
  const never = (): never => {
    throw new Error('not asked')
  }
  exportPoolMetrics(metrics, never)
  exportSecretMetrics(metrics, never)
  exportDeploymentMetrics(metrics, never)
  exportFeedMetrics(metrics, never)
  exportPublishingMetrics(metrics, {
    counters: never,
    readStatus: never,
    readConsumerLag: never,
    readLostRecords: never,
  })
  new DeliveryMetrics(metrics)
  new LoopMetrics(metrics)
  return metrics
}

const named = (text: string): string[] =>
  [...new Set(text.match(/\bshouhou_[a-z0-9_]+/g))].map((name) => name.replace(/_bucket$/, ''))

describe('the names of metrics', () => {
  const known = everything().registry.getMetricsAsArray()
  const names = new Set(known.map(({ name }) => name))

  it.each([
    ['the alerts', ALERTS],
    ['the tests of the alerts', readFileSync(join(FOLDER, 'alerts/shouhou.rules.test.yml'), 'utf8')],
    ['the dashboard', DASHBOARD],
  ])('are those of the processes: in %s', (_, text) => {
    expect(named(text).length).toBeGreaterThan(10)
    expect(named(text).filter((name) => !names.has(name))).toEqual([])
  })

  it('follow the customs: our prefix, a total for what only grows, units that are basic', () => {
    const typeOf = ({ type }: object & { type?: unknown }): string => String(type)
    const odd = known.filter((one) => {
      const { name } = one
      if (!name.startsWith('shouhou_')) return true
      // Those of Node itself have names that others know them by.
      if (/^shouhou_(nodejs|process)_/.test(name)) return false
      return (
        (typeOf(one) === 'counter') !== name.endsWith('_total') || /_(ms|millis|minutes|hours|kb|mb)(_|$)/.test(name)
      )
    })
    expect(odd.map(({ name }) => name)).toEqual([])
  })

  it('have labels whose values are few: no case, order, message or person', () => {
    const labels = new Set(known.flatMap((one) => (one as unknown as { labelNames: string[] }).labelNames))
    const ofNode = ['type', 'version', 'major', 'minor', 'patch', 'kind', 'space']
    expect([...labels].filter((label) => !ofNode.includes(label)).sort()).toEqual([
      'consumer',
      'loop',
      'marketplace',
      'outcome',
      'reason',
      'sounding',
      'state',
      'store',
      'turn',
      'within',
    ])
  })

  it('stand in the dashboard once a panel, and no two panels lie on each other', () => {
    const { panels } = JSON.parse(DASHBOARD) as {
      panels: { id: number; gridPos: { x: number; y: number; w: number; h: number } }[]
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)}/${y + Math.floor(i / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
  })
})

const promtool = findPromtool()
const where = promtool === undefined ? describe.skip : describe

where('the alerts, by the tool of Prometheus', () => {
  const asked = (...words: string[]): { status: number | null; said: string } => {
    const { status, stdout, stderr } = spawnSync(promtool ?? '', words, {
      cwd: join(FOLDER, 'alerts'),
      encoding: 'utf8',
    })
    return { status, said: status === 0 ? '' : stdout + stderr }
  }

  it('are rules that Prometheus accepts', () => {
    expect(asked('check', 'rules', 'shouhou.rules.yml')).toEqual({ status: 0, said: '' })
  })

  it('fire when they should, and not before', () => {
    expect(asked('test', 'rules', 'shouhou.rules.test.yml')).toEqual({ status: 0, said: '' })
  })

  it('each have a test in which they fire', () => {
    const tests = readFileSync(join(FOLDER, 'alerts/shouhou.rules.test.yml'), 'utf8')
    const alerts = [...ALERTS.matchAll(/alert: (\w+)/g)].map(([, name]) => name ?? '')
    expect(alerts.filter((name) => !tests.includes(`"${name}"`))).toEqual([])
  })
})
