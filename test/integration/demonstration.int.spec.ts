import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnusableSettings } from '#access'
import { Chance } from '../../apps/simulator/src/random'
import { douyin } from '../../apps/simulator/src/douyin'
import { StandaloneSettings } from '../../apps/standalone/src/settings'
import type { Standalone } from '../../apps/standalone/src/standalone'
import { startStandalone } from '../../apps/standalone/src/standalone'
import { freshDatabase } from '../postgres/database'
import type { FreshDatabase } from '../postgres/database'
import { runStatement } from '../postgres/server'

const SEED = 'shouhou'
/** App and secret of earlier versions, where the secret was derived from the public seed. */
const seedDerivedApp = (() => {
  const chance = new Chance(SEED)
  return douyin.app(chance, chance)
})()

let folder: string
let database: FreshDatabase
let running: Standalone | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demonstration-'))
  database = await freshDatabase({ migrated: false })
}, 300_000)
afterEach(async () => {
  await running?.stop()
  running = undefined
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Starts the standalone process in this one; `DEMO` is the setting of that name. */
async function startDemonstration(DEMO: boolean): Promise<Standalone> {
  const ports = { PORT: 0, GATEWAY_PORT: 0, SIMULATOR_PORT: 0, SIMULATOR_PACE: 0 }
  const settings = Object.assign(new StandaloneSettings(), ports, {
    DATABASE_URL: database.url,
    DATA_FOLDER: folder,
    SIMULATOR_SEED: SEED,
    DEMO,
  })
  return (running = await startStandalone(settings, () => undefined))
}

/** Delivers a push about a case that does not exist, signed with this secret. The app key is masked in the answer, so that answers compare. */
async function deliverSigned({ gatewayUrl }: Standalone, appKey: string, secret: string) {
  const data = {
    aftersale_id: 7000000000000000001,
    aftersale_status: 6,
    aftersale_type: 1,
    p_id: 7,
    s_id: 7,
    shop_id: 7,
  }
  const body = JSON.stringify([{ tag: '200', msg_id: `forged-${appKey}`, data: JSON.stringify(data) }])
  const sign = createHash('md5')
    .update(appKey + body + secret)
    .digest('hex')
  const answer = await fetch(`${gatewayUrl}/push/douyin/${appKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'app-id': appKey, 'event-sign': sign },
    body,
  })
  return { status: answer.status, body: (await answer.text()).replaceAll(appKey, 'KEY') }
}
/** The app secret of the running demonstration, derived from the secret in its state file. */
const currentSecret = async (): Promise<string> => {
  const stateFile = JSON.parse(await readFile(join(folder, 'simulator.json'), 'utf8')) as { secret: string }
  return douyin.app(new Chance(SEED), new Chance(stateFile.secret)).secret
}

/** Runs `npm run register` as a child process, with an organisation of one store. */
const registerOrganisation = (slug: string) =>
  spawnSync(process.execPath, [join(__dirname, '../../dist/apps/worker/src/registration/register.js')], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      SHOUHOU_KEY: readFileSync(`${folder}.key`, 'utf8').trim(),
    },
    input: JSON.stringify({
      slug,
      name: 'Fox',
      apps: [
        {
          ...{ marketplace: 'douyin', appKey: slug, appSecret: 's', endpoints: {} },
          stores: [{ shop: '1', name: 'Fox', accessToken: 'a', refreshToken: 'r' }],
        },
      ],
    }),
  })

describe('the demonstration (fault B5)', () => {
  it('replaces the seed-derived secrets of an earlier version by random ones, in a file that only its owner can read', async () => {
    await startDemonstration(true)
    await running?.stop()
    // The state of an earlier version: without a secret, app and tokens were derived from the seed.
    const stateFile = join(folder, 'simulator.json')
    const { secret: former, ...earlier } = JSON.parse(await readFile(stateFile, 'utf8')) as { secret: string }
    await writeFile(stateFile, JSON.stringify(earlier), { mode: 0o644 })
    const demo = await startDemonstration(true)
    const now = await currentSecret()
    expect(new Set([now, seedDerivedApp.secret, douyin.app(new Chance(SEED), new Chance(former)).secret]).size).toBe(3)
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
    expect((await deliverSigned(demo, seedDerivedApp.key, seedDerivedApp.secret)).status).toBeGreaterThanOrEqual(400)
    expect((await deliverSigned(demo, seedDerivedApp.key, now)).status).toBe(200)
  }, 300_000)

  it('does not exist if DEMO is false: its app is answered like an unknown one, whatever the signature', async () => {
    const plain = await startDemonstration(false)
    const secret = await currentSecret()
    const unknown = await deliverSigned(plain, '7999999999999999999', secret)
    expect(unknown.status).toBeGreaterThanOrEqual(400)
    for (const secretUsed of [secret, seedDerivedApp.secret, 'wrong'])
      expect(await deliverSigned(plain, seedDerivedApp.key, secretUsed)).toEqual(unknown)
    expect(plain.simulatorControlUrl).toBeUndefined()
  }, 300_000)

  it('does not start on a database with other organisations, and names them', async () => {
    await startDemonstration(false)
    await runStatement(database.url, `INSERT INTO organisation (slug, name) VALUES ('red-fox', 'Red Fox')`)
    await running?.stop()
    running = undefined
    await expect(startDemonstration(true)).rejects.toThrow(UnusableSettings)
    await expect(startDemonstration(true)).rejects.toThrow(/DEMO: the database has the organisation red-fox/)
    expect((await startDemonstration(false)).consoleUrl).toMatch(/^http:/)
  }, 300_000)

  it('cannot be registered by hand in a database with other organisations either', () => {
    const demo = registerOrganisation('demo')
    expect(demo.status).toBe(1)
    expect(demo.stderr).toContain('demo is the organisation of the demonstration')
    expect(demo.stderr).toContain('The database has the organisation red-fox')
    expect(registerOrganisation('blue-fox')).toMatchObject({
      status: 0,
      stdout: 'registered: blue-fox, 1 apps, 1 stores\n',
    })
  }, 300_000)
})
