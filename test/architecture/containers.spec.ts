/** No Docker is needed to see whether the containers know what the processes know: the files are read and held against the code. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { YAML11_SCHEMA, load } from 'js-yaml'
import { readSettings, settingsOf } from '#access'
import { ConsoleSettings } from '../../apps/console/src/settings'
import { GatewaySettings } from '../../apps/gateway/src/settings'
import { settingsFrom } from '../../apps/simulator/src/settings'
import { WorkerSettings } from '../../apps/worker/src/settings'
import { KAFKA_VERSION } from '../kafka/found'
import { ROOT, sources } from './tree'

interface Service {
  readonly image?: string
  readonly profiles?: readonly string[]
  readonly command?: string
  readonly environment?: Readonly<Record<string, string | number>>
  readonly ports?: readonly string[]
  readonly healthcheck?: { readonly test: string | readonly string[] }
  readonly deploy?: { readonly replicas: number }
  readonly user?: string
  readonly read_only?: boolean
}

const textOf = (path: string): string => sources(new RegExp(`^${path.replace('.', '\\.')}$`))[0]?.text ?? ''
const compose = load(textOf('docker-compose.yml'), { schema: YAML11_SCHEMA }) as { services: Record<string, Service> }
const serviceOf = (name: string): Service => compose.services[name] ?? {}

/** As compose would hand it over with a key set: `${NAME:-otherwise}` is its default. */
const environmentOf = (name: string): Record<string, string> => {
  const given = Object.entries(serviceOf(name).environment ?? {})
  const key = { SHOUHOU_KEY: Buffer.alloc(32, 1).toString('base64') }
  return {
    ...Object.fromEntries(
      given.map(([setting, value]) => [setting, String(value).replace(/\$\{\w+:-([^}]*)\}/, '$1')]),
    ),
    ...key,
  }
}
const CLASSES = { gateway: GatewaySettings, worker: WorkerSettings, console: ConsoleSettings } as const
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'shouhou')

describe('docker-compose.yml', () => {
  it('has the house as it is meant to run', () => {
    const replicas = Object.entries(compose.services).map(([name, { deploy }]) => [name, deploy?.replicas ?? 1])
    expect(Object.fromEntries(replicas)).toEqual({
      postgres: 1,
      kafka: 1,
      simulator: 1,
      register: 1,
      gateway: 2,
      worker: 3,
      console: 1,
    })
  })

  it.each(Object.entries(CLASSES))(
    'gives the %s settings that it knows, and all that it cannot do without',
    (name, shape) => {
      const environment = environmentOf(name)
      expect(Object.keys(environment).filter((setting) => !settingsOf(shape).includes(setting))).toEqual([])
      expect(() => readSettings<object>(shape, environment)).not.toThrow()
    },
  )

  it('gives the simulator settings that it knows', () => {
    const known = textOf('apps/simulator/src/settings.ts')
    const { SHOUHOU_KEY: _none, ...environment } = environmentOf('simulator')
    expect(Object.keys(environment).filter((setting) => !known.includes(`'${setting}'`))).toEqual([])
    expect(settingsFrom(environment)).toMatchObject({ host: '0.0.0.0', publicHost: 'simulator', controlOpen: true })
  })

  it('runs programs that there are', () => {
    const programs = ours.map(([, { command = '' }]) => command.split(' ')[0] ?? '')
    expect(programs.filter((program) => !existsSync(join(ROOT, program.replace(/^dist\/(.*)\.js$/, '$1.ts'))))).toEqual(
      [],
    )
  })

  it('asks for health where it is answered', () => {
    const asked = ours.flatMap(([name, { healthcheck }]) =>
      healthcheck === undefined ? [] : [[name, healthcheck.test.at(-1)]],
    )
    const [gateway, worker, desk] = ['gateway', 'worker', 'console'].map(environmentOf)
    expect(Object.fromEntries(asked)).toEqual({
      simulator: `http://127.0.0.1:${settingsFrom({}).controlPort}/control/clock`,
      gateway: `http://127.0.0.1:${gateway?.['GATEWAY_PORT']}/readyz`,
      worker: `http://127.0.0.1:${worker?.['HEALTH_PORT']}/readyz`,
      console: `http://127.0.0.1:${desk?.['PORT']}/readyz`,
    })
  })

  it('lets nothing but this machine reach a port, and no container write where it need not', () => {
    expect(
      Object.values(compose.services)
        .flatMap(({ ports = [] }) => ports)
        .filter((port) => !port.startsWith('127.0.0.1:')),
    ).toEqual([])
    expect(ours.filter(([, { read_only, user }]) => read_only !== true || user !== undefined)).toEqual([])
  })

  it('starts a PostgreSQL alone where nothing more is asked for, without any setting', () => {
    expect(
      Object.entries(compose.services).flatMap(([name, { profiles }]) => (profiles === undefined ? [name] : [])),
    ).toEqual(['postgres'])
    expect(textOf('docker-compose.yml')).not.toMatch(/\$\{\w+:?\?/)
  })

  it('has the Kafka that the tests run against', () => {
    expect(serviceOf('kafka').image).toBe(`apache/kafka:${KAFKA_VERSION}`)
  })
})

describe('the Dockerfile', () => {
  const lines = textOf('apps/Dockerfile').replace(/\\\n/g, ' ').split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))

  it('copies what there is and what .dockerignore lets through', () => {
    const let_ = textOf('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    expect(copied.filter((path) => !let_.includes(path.split('/')[0] ?? ''))).toEqual([])
  })

  it('leaves build tools and tests behind, runs as nobody in particular, and hears the signal to stop itself', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last.filter((line) => /^COPY/.test(line) && /\b(?:test|libs|build\/node_modules)\b/.test(line))).toEqual([])
    expect(lines.some((line) => line.startsWith('RUN npm ci --omit=dev'))).toBe(true)
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
    expect(last.filter((line) => line.startsWith('ENTRYPOINT'))).toEqual([
      'ENTRYPOINT ["node", "--enable-source-maps"]',
    ])
  })
})
