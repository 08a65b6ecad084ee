import { mkdtempSync, rmSync } from 'node:fs'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../apps/standalone/src/postgres'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './asking'
import { openRealHouse, type RealHouse } from './real-house'
import { tradeAt } from './trading'

const folder = mkdtempSync(join(tmpdir(), 'shouhou-database-down-'))
let server: EmbeddedPostgres
let house: RealHouse

const start = (port?: number): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataFolder: join(folder, 'data'), ...(port === undefined ? {} : { port }) })

beforeAll(async () => {
  server = await start()
  house = await openRealHouse(server.url, 'database-down', {})
}, 120_000)
afterAll(async () => {
  await house.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('F3: PostgreSQL', () => {
  it.each([
    ['killed with all that belongs to it', 'kill'],
    ['stopped at once', 'stop'],
    ['killed once more', 'kill'],
  ] as const)(
    '%s under load: 503 at worst, never a false word, back by itself within 5 seconds',
    async (_how, end) => {
      const trading = tradeAt(house)
      await trading.untilAcknowledged()
      const { port } = server
      await server[end]()
      await until('deliveries are refused', () => (house.witness.refused.byStatus['503'] ?? 0) > 0, 30_000)
      server = await start(port)
      const backAfterMs = await trading.untilAcknowledged()
      await trading.end()
      expect(backAfterMs).toBeLessThan(5_000)
      expect(Object.keys(house.witness.refused.byStatus)).toEqual(['503'])
      house.witness.refused.byStatus = {}
      expect(house.now.gateway.said()).not.toContain('loses what was acknowledged')
      // Neither process had to be started anew.
      expect(
        Object.values(house.now).flatMap(({ role, ended, said }) =>
          ended() ? [`${role}: ${said().slice(-2_000)}`] : [],
        ),
      ).toEqual([])
    },
    120_000,
  )

  it('has everything that was acknowledged, and every case is as at its marketplace', async () => {
    expect(await house.whatIsWrong()).toEqual([])
  }, 180_000)
})
