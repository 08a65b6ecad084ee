import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { RunningSimulator } from '../../apps/simulator/src'
import { planOf } from './douyin-plan'
import type { Finding } from './finding'
import { execute, findingsIn } from './finding'

/** The folder of the Go client, seen from `dist`: Go files are not copied there. */
const CLIENT = join(__dirname, '..', '..', '..', 'test', 'sdk', 'douyin')

/** Builds a Go program that imports the checkout by a `replace` directive, and runs it. Go is needed, no network is. */
export async function runDouyin(simulator: RunningSimulator, checkout: string, folder: string): Promise<Finding[]> {
  for (const name of readdirSync(CLIENT).filter((file) => file.endsWith('.go')))
    copyFileSync(join(CLIENT, name), join(folder, name))
  const module_ = 'doudian.com/open/sdk_golang'
  writeFileSync(
    join(folder, 'go.mod'),
    ['module client', 'go 1.18', `require ${module_} v1.0.0`, `replace ${module_} => ${checkout}`, ''].join('\n'),
  )
  const env = { GOFLAGS: '-mod=mod', GOPROXY: 'off', GOWORK: 'off', GOTOOLCHAIN: 'local' }
  await execute('go', ['build', '-o', 'client', '.'], { cwd: folder, env })
  const [plan, found] = [join(folder, 'plan.json'), join(folder, 'findings.jsonl')]
  writeFileSync(plan, planOf(simulator))
  const address = `127.0.0.1:${await freePort()}`
  let refused: unknown
  await execute(join(folder, 'client'), [plan, found, address], {
    cwd: folder,
    ready: (go) =>
      void simulator.douyin
        .setPushUrl(`http://${address}/`)
        .catch((error: unknown) => (refused = error))
        .finally(go),
  })
  if (refused instanceof Error) throw refused
  const findings = findingsIn(found)
  const pushes = findings.filter(({ kind }) => kind === 'push').length
  return pushes > 0 ? findings : [...findings, { kind: 'push', name: 'any', problem: 'no push was received' }]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
