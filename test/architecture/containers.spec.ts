/** Compares docker-compose.yml and the Dockerfile with the code's settings, without running Docker. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { YAML11_SCHEMA, load } from 'js-yaml'
import { readAllSettings, settingsOf } from '#access'
import { parseDatabaseUrl } from '#event-store'
import { RuntimeSettings } from '#runtime'
import { ConsoleSettings } from '../../apps/console/src/settings'
import { GatewaySettings } from '../../apps/gateway/src/settings'
import { settingsFrom } from '../../apps/simulator/src/settings'
import { WorkerSettings } from '../../apps/worker/src/settings'
import { KAFKA_VERSION } from '../kafka/installation'
import { ROOT, readSources } from './tree'

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
  readonly secrets?: readonly string[]
}

const readSource = (path: string): string => readSources(new RegExp(`^${path.replace('.', '\\.')}$`))[0]?.text ?? ''
const compose = load(readSource('docker-compose.yml'), { schema: YAML11_SCHEMA }) as {
  services: Record<string, Service>
  secrets: Record<string, { file: string }>
}
const serviceOf = (name: string): Service => compose.services[name] ?? {}

const SECRETS = mkdtempSync(join(tmpdir(), 'shouhou-secrets-'))
beforeAll(() => void execFileSync(process.execPath, [join(ROOT, 'apps/make-secrets.mjs'), SECRETS]))
afterAll(() => rmSync(SECRETS, { recursive: true, force: true }))

/** The environment as compose would pass it: `${NAME:-default}` is the default, and secrets are mounted as files. */
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment ?? {}).map(([setting, value]) => [
      setting,
      String(value)
        .replace(/\$\{\w+:-([^}]*)\}/, '$1')
        .replace('/run/secrets', SECRETS),
    ]),
  )
const withoutFile = (setting: string): string => setting.replace(/_FILE$/, '')
const SETTINGS_CLASSES = { gateway: GatewaySettings, worker: WorkerSettings, console: ConsoleSettings } as const
const settingsWithRuntime = (shape: new () => object): string[] => [RuntimeSettings, shape].flatMap(settingsOf)
const ownServices = Object.entries(compose.services).filter(([, { image }]) => image === 'shouhou')

describe('docker-compose.yml', () => {
  it('declares the services of the deployment with their replicas, and no others', () => {
    const replicas = Object.entries(compose.services).map(([name, { deploy }]) => [name, deploy?.replicas ?? 1])
    expect(Object.fromEntries(replicas)).toEqual({
      postgres: 1,
      kafka: 1,
      simulator: 1,
      migrate: 1,
      register: 1,
      gateway: 2,
      worker: 3,
      console: 1,
    })
  })

  it.each(Object.entries(SETTINGS_CLASSES))(
    'gives the %s only settings that it knows, and all that it requires',
    (name, shape) => {
      const environment = environmentOf(name)
      expect(
        Object.keys(environment).filter((setting) => !settingsWithRuntime(shape).includes(withoutFile(setting))),
      ).toEqual([])
      expect(() => readAllSettings<object[]>([RuntimeSettings, shape], environment)).not.toThrow()
    },
  )

  it('gives the simulator only settings that it knows', () => {
    const known = readSource('apps/simulator/src/settings.ts')
    const environment = environmentOf('simulator')
    expect(Object.keys(environment).filter((setting) => !known.includes(`'${setting}'`))).toEqual([])
    expect(settingsFrom(environment)).toMatchObject({ host: '0.0.0.0', publicHost: 'simulator', controlOpen: true })
  })

  it('runs only programs that exist', () => {
    const programs = ownServices.map(([, { command = '' }]) => command.split(' ')[0] ?? '')
    expect(programs.filter((program) => !existsSync(join(ROOT, program.replace(/^dist\/(.*)\.js$/, '$1.ts'))))).toEqual(
      [],
    )
  })

  it('checks health at addresses that the processes serve', () => {
    const healthChecks = ownServices.flatMap(([name, { healthcheck }]) =>
      healthcheck === undefined ? [] : [[name, healthcheck.test.at(-1)]],
    )
    const [gateway, worker, console_] = ['gateway', 'worker', 'console'].map(environmentOf)
    expect(Object.fromEntries(healthChecks)).toEqual({
      simulator: `http://127.0.0.1:${settingsFrom({}).ports?.['control']}/control/clock`,
      gateway: `http://127.0.0.1:${gateway?.['GATEWAY_PORT']}/readyz`,
      worker: `http://127.0.0.1:${worker?.['HEALTH_PORT']}/readyz`,
      console: `http://127.0.0.1:${console_?.['PORT']}/readyz`,
    })
  })

  it('publishes ports to this machine only, and lets no container write where it need not', () => {
    expect(
      Object.values(compose.services)
        .flatMap(({ ports = [] }) => ports)
        .filter((port) => !port.startsWith('127.0.0.1:')),
    ).toEqual([])
    expect(ownServices.filter(([, { read_only, user }]) => read_only !== true || user !== undefined)).toEqual([])
  })

  it('starts only PostgreSQL if no profile is given', () => {
    expect(
      Object.entries(compose.services).flatMap(([name, { profiles }]) => (profiles === undefined ? [name] : [])),
    ).toEqual(['postgres'])
    expect(readSource('docker-compose.yml')).not.toMatch(/\$\{\w+:?\?/)
  })

  it('holds no password and no key: they are random files that only their owner can read (fault C5)', () => {
    expect(
      Object.values(compose.secrets)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(readdirSync(SECRETS).map((name) => `.secrets/${name}`))
    expect(statSync(SECRETS).mode & 0o777).toBe(0o700)
    const passwords = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.keys(environment).filter(
        (name) => /PASSWORD|SECRET|KEY|DATABASE_URL/.test(name) && !name.endsWith('_FILE'),
      ),
    )
    expect(passwords).toEqual([])
    for (const [name, { environment = {}, secrets = [] }] of Object.entries(compose.services))
      for (const path of Object.values(environment).map(String))
        if (path.startsWith('/run/secrets/'))
          expect({ name, secrets }).toEqual({ name, secrets: expect.arrayContaining([path.slice(13)]) as string[] })
    const secondRun = execFileSync(process.execPath, [join(ROOT, 'apps/make-secrets.mjs'), `${SECRETS}/other`])
    expect(secondRun.toString()).toContain('database-password')
    expect(readFileSync(join(SECRETS, 'other/database-password'), 'utf8')).not.toBe(
      readFileSync(join(SECRETS, 'database-password'), 'utf8'),
    )
  })

  it('gives each process the database address of its own role, and that of the owner only to what migrates or registers and then ends', () => {
    const withSecret = (secret: string): string[] =>
      Object.entries(compose.services).flatMap(([name, { secrets = [] }]) => (secrets.includes(secret) ? [name] : []))
    expect(withSecret('database-url')).toEqual(['migrate', 'register'])
    for (const role of ['gateway', 'worker', 'console']) {
      const [address] = readAllSettings<[RuntimeSettings]>([RuntimeSettings], environmentOf(role))
      expect(parseDatabaseUrl(address.DATABASE_URL)).toMatchObject({ user: `shouhou_${role}`, database: 'shouhou' })
      expect(withSecret(`${role}-database-url`)).toEqual(['migrate', role])
    }
    const passwords = ['', 'gateway-', 'worker-', 'console-'].map(
      (name) => parseDatabaseUrl(readFileSync(join(SECRETS, `${name}database-url`), 'utf8')).password,
    )
    expect(new Set(passwords).size).toBe(4)
  })

  it('keeps the secrets of an earlier version, and adds those that are missing', () => {
    const folder = join(SECRETS, 'earlier')
    mkdirSync(folder)
    const earlier = {
      'database-password': 'p',
      'database-url': 'postgresql://shouhou:p@postgres:5432/shouhou',
      key: 'k',
    }
    for (const [name, text] of Object.entries(earlier)) writeFileSync(join(folder, name), text)
    execFileSync(process.execPath, [join(ROOT, 'apps/make-secrets.mjs'), folder])
    for (const [name, text] of Object.entries(earlier)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text)
    expect(readdirSync(folder)).toHaveLength(6)
    rmSync(folder, { recursive: true })
  })

  it('uses the version of Kafka that the tests run against', () => {
    expect(serviceOf('kafka').image).toBe(`apache/kafka:${KAFKA_VERSION}`)
  })
})

describe('the Dockerfile', () => {
  const lines = readSource('apps/Dockerfile').replace(/\\\n/g, ' ').split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))

  it('copies only paths that exist and that .dockerignore lets through', () => {
    const unignoredPaths = readSource('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    expect(copied.filter((path) => !unignoredPaths.includes(path.split('/')[0] ?? ''))).toEqual([])
  })

  it('leaves build tools and tests behind, runs without privileges, and receives the stop signal itself', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last.filter((line) => /^COPY/.test(line) && /\b(?:test|libs|build\/node_modules)\b/.test(line))).toEqual([])
    expect(lines.some((line) => line.startsWith('RUN npm ci --omit=dev'))).toBe(true)
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
    const flags = JSON.parse(readFileSync(join(ROOT, 'apps/node-flags.json'), 'utf8')) as string[]
    expect(last.filter((line) => line.startsWith('ENTRYPOINT'))).toEqual([
      `ENTRYPOINT ${JSON.stringify(['node', ...flags]).replaceAll(',', ', ')}`,
    ])
  })
})
