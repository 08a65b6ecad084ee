import { mkdtempSync, rmSync } from 'node:fs'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../apps/standalone/src/postgres'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '../../processes/wait-until'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import { freePort } from '../../processes/real-process'
import { startTrading } from '../continuous-trade'

const folder = mkdtempSync(join(tmpdir(), 'shouhou-database-down-'))
let server: EmbeddedPostgres
let deployment: ProcessDeployment

const start = (port: number): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataFolder: join(folder, 'data'), port })

beforeAll(async () => {
  server = await start(await freePort())
  deployment = await openProcessDeployment(server.url, 'database-down', {})
}, 300_000)
afterAll(async () => {
  await deployment.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('PostgreSQL that goes down under load (fault F3)', () => {
  it.each([
    ['killed with all its processes', 'kill'],
    ['stopped at once', 'stop'],
    ['killed once more', 'kill'],
  ] as const)(
    'if it was %s: deliveries are answered 503 at worst, never falsely, and acknowledged again within 5 seconds of its return',
    async (_how, end) => {
      const trading = startTrading(deployment)
      await trading.untilAcknowledged()
      const { port } = server
      await server[end]()
      await waitUntil(
        'deliveries are refused',
        () => (deployment.recordingProxy.refused.byStatus['503'] ?? 0) > 0,
        30_000,
      )
      server = await start(port)
      const backAfterMs = await trading.untilAcknowledged()
      await trading.end()
      expect(backAfterMs).toBeLessThan(5_000)
      expect(Object.keys(deployment.recordingProxy.refused.byStatus)).toEqual(['503'])
      deployment.recordingProxy.refused.byStatus = {}
      expect(deployment.now.gateway.output()).not.toContain('loses what was acknowledged')
      // Neither process had to be restarted.
      expect(deployment.unexpectedEnds()).toEqual([])
    },
    300_000,
  )

  it('has lost nothing that was acknowledged, and every case is as at its marketplace', async () => {
    expect(await deployment.findProblems()).toEqual([])
  }, 360_000)
})
