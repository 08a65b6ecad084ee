/**
 * `npm run sdk -- douyin|pinduoduo PATH`: runs a third-party SDK, of which PATH is a checkout, unchanged against the
 * simulator: tokens, list, detail, pushes and every after-sale action that it has. Prints what differed from what the
 * simulated world knows. Exits 1 when something did, 2 when it cannot be run. Nothing in the checkout is written.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { RunningSimulator } from '../../apps/simulator/src'
import { startSimulator } from '../../apps/simulator/src'
import type { Finding } from './finding'
import { runDouyin } from './run-douyin'
import { runPinduoduo } from './run-pinduoduo'

type SdkRun = (simulator: RunningSimulator, checkout: string, folder: string) => Promise<readonly Finding[]>

const RUNS: Readonly<Record<string, { readonly run: SdkRun; readonly has: string; readonly repository: string }>> = {
  douyin: { run: runDouyin, has: 'go.mod', repository: 'https://github.com/zsmhub/doudian-sdk' },
  pinduoduo: { run: runPinduoduo, has: 'packages/core', repository: 'https://github.com/lywzx/pdd-node-sdk' },
}

async function main(marketplace = '', path?: string): Promise<number> {
  const chosen = Object.hasOwn(RUNS, marketplace) ? RUNS[marketplace] : undefined
  if (chosen === undefined || path === undefined || !existsSync(join(path, chosen.has))) {
    const uses = Object.entries(RUNS).map(
      ([name, { repository }]) => `  npm run sdk -- ${name} PATH   # of ${repository}`,
    )
    console.error(['usage, with PATH a checkout:', ...uses].join('\n'))
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'sdk-'))
  const simulator = await startSimulator({
    seed: 'sdk',
    standingClock: true,
    shops: { pinduoduo: 1, douyin: 1 },
    history: { cases: 120, days: 3 },
    pace: { backOfficeShare: 0.6 },
  })
  try {
    return report(marketplace, await chosen.run(simulator, resolve(path), folder), simulator)
  } finally {
    await simulator.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(marketplace: string, findings: readonly Finding[], simulator: RunningSimulator): number {
  const wrong = findings.filter(({ problem }) => problem !== '')
  for (const { kind, name, problem } of wrong) console.log(`✗ ${kind} ${name}: ${problem}`)
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  const figures = kinds.map((kind) => {
    const all = findings.filter((one) => one.kind === kind)
    return `${all.length} ${kind}${kind === 'push' ? 'es' : 's'}, ${all.filter(({ problem }) => problem === '').length} as expected`
  })
  const carriedOutCount = simulator.calls.last(10_000).filter(({ carriedOut }) => carriedOut).length
  console.log(
    `${marketplace}: ${figures.join('; ')}; ${carriedOutCount} actions took effect, ${simulator.calls.repeated().length} twice`,
  )
  return wrong.length > 0 || findings.length === 0 ? 1 : 0
}

main(...process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  },
)
