import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningSimulator, type SimulatorOptions } from '../src/running'
import { startSimulator } from '../src/simulator'

let folder: string
const running: RunningSimulator[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop()
  await rm(folder, { recursive: true })
})
const start = async (more: Partial<SimulatorOptions> = {}) => {
  const simulator = await startSimulator({ seed: 'secrets', standingClock: true, ...more })
  running.push(simulator)
  return simulator
}
const secretsOf = ({ pinduoduo, douyin }: RunningSimulator): string[] => [
  pinduoduo.clientSecret,
  douyin.appSecret,
  ...[...pinduoduo.shops, ...douyin.shops].flatMap((shop) => [
    shop.accessToken.slice(-24),
    shop.refreshToken.slice(-24),
    shop.authorizationCode.slice(-24),
  ]),
]
const namesOf = ({ pinduoduo, douyin }: RunningSimulator) => [
  pinduoduo.clientId,
  douyin.appKey,
  pinduoduo.shops.map(({ mallId }) => mallId),
  douyin.shops.map(({ shopId }) => shopId),
]

describe('secrets of the simulator', () => {
  it('differ at every start of one seed; keys, shops and cases are the same', async () => {
    const startAt = Date.parse('2026-03-02T10:00:00+08:00')
    const [first, second] = [await start({ startAt }), await start({ startAt })]
    expect(secretsOf(first).filter((secret) => secretsOf(second).includes(secret))).toEqual([])
    expect(new Set(secretsOf(first)).size).toBe(secretsOf(first).length)
    expect(namesOf(first)).toEqual(namesOf(second))
    expect(first.world.apply()).toEqual(second.world.apply())
  })

  it('stay the same with a state file, which is written at the start and which only its owner can read', async () => {
    const stateFile = join(folder, 'state', 'simulator.json')
    const first = await start({ stateFile })
    // Not stopped properly: what was published before is known to the next start anyway.
    const second = await start({ stateFile })
    expect(secretsOf(second)).toEqual(secretsOf(first))
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700)
  })

  it('of an earlier state file, which followed from the seed, are replaced, and the file becomes readable by its owner only', async () => {
    const stateFile = join(folder, 'simulator.json')
    const first = await start({ stateFile })
    await running.pop()?.stop()
    const {
      secret: _secret,
      tokens,
      ...earlier
    } = JSON.parse(await readFile(stateFile, 'utf8')) as Record<string, unknown>
    const numbers = Object.entries(tokens as Record<string, Record<string, { generation: number }>>).map(
      ([name, shops]) =>
        [name, Object.fromEntries(Object.entries(shops).map(([shop, { generation }]) => [shop, generation]))] as const,
    )
    await writeFile(stateFile, JSON.stringify({ ...earlier, tokens: Object.fromEntries(numbers) }))
    await chmod(stateFile, 0o644)
    await writeFile(`${stateFile}.draft`, 'left behind', { mode: 0o644 })
    const second = await start({ stateFile })
    expect(secretsOf(second).filter((secret) => secretsOf(first).includes(secret))).toEqual([])
    expect(namesOf(second)).toEqual(namesOf(first))
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
  })
})
