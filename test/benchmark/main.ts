import 'reflect-metadata'
import type { Figure } from './figure'
import { figuresToJson, formatFigures } from './figure'
import { acceptance } from './acceptance/acceptance'
import { analytics } from './analytics/analytics'
import { backtest } from './backtest/backtest'
import { deadlines } from './deadlines/deadlines'
import { deduplication } from './kafka/deduplication'
import { publishVisible } from './kafka/publish-visible'
import { publishing } from './kafka/publishing'
import { naivePeer } from './naive/naive-peer'
import { bytesPerMessage } from './growth/bytes-per-message'
import { readingSealed } from './keys/reading-sealed'
import { auditedRequests } from './people/audited-requests'
import { auditedWrites } from './people/audited-writes'
import { logIns } from './people/log-ins'
import { processing } from './processing/processing'
import { tenants } from './tenants/tenants'
import { replay } from './replay/replay'
import type { Scale } from './scale'
import { FULL, QUICK } from './scale'
import type { BenchServer } from './server'
import { openServer } from './server'
import { memory } from './standing/memory'
import { questions } from './standing/questions'
import { tenantQueues } from './standing/tenant-queues'
import { visible } from './standing/visible'
import { unknownApps } from './unauthenticated/unknown-apps'
import { unsignedConnections } from './unauthenticated/unsigned-connections'
import { strategies } from './strategies/strategies'
import { verdicts } from './verdicts/verdicts'
import { twoWorkers } from './workers/two-workers'

const FIGURES: Readonly<Record<string, (server: BenchServer, scale: Scale) => Promise<Figure[]>>> = {
  processing,
  tenants,
  'audited-requests': auditedRequests,
  'audited-writes': auditedWrites,
  'log-ins': logIns,
  'two-workers': twoWorkers,
  bytes: bytesPerMessage,
  'naive-peer': naivePeer,
  strategies,
  verdicts,
  'reading-sealed': readingSealed,
  backtest,
  replay,
  acceptance,
  'unknown-apps': unknownApps,
  'unsigned-connections': unsignedConnections,
  deadlines,
  publishing,
  'publish-visible': publishVisible,
  deduplication,
  visible,
  questions,
  'tenant-queues': tenantQueues,
  analytics,
  memory,
}

function parseArguments(words: readonly string[]): { names: string[]; scale: Scale } {
  const names: string[] = []
  let scale = FULL
  let cases: number | undefined
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--quick') scale = QUICK
    else if (word === '--only') names.push(rest.shift() ?? '')
    else if (word === '--cases') cases = parseCases(rest.shift())
    else throw new Error(`unknown option ${word}: there are --quick, --only NAME and --cases N`)
  }
  const unknown = names.find((name) => !Object.hasOwn(FIGURES, name))
  if (unknown !== undefined)
    throw new Error(`no figure is called "${unknown}": there are ${Object.keys(FIGURES).join(', ')}`)
  return {
    names: names.length === 0 ? Object.keys(FIGURES) : names,
    scale: cases === undefined ? scale : { ...scale, cases },
  }
}

/** With `--quick`: the other sizes stay small. */
function parseCases(word = ''): number {
  if (!/^[1-9]\d{3,7}$/.test(word)) throw new Error('--cases: a number of cases from 1,000')
  return Number(word)
}

/** Measures one figure after the other. A figure that throws is reported and fails the run; the others are still measured. */
async function main(): Promise<void> {
  const { names, scale } = parseArguments(process.argv.slice(2))
  const server = await openServer()
  const stop = (): void => void server.stop().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const figures: Figure[] = []
  try {
    for (const name of names) {
      process.stderr.write(`measuring ${name} …\n`)
      const from = performance.now()
      const measured = await FIGURES[name]?.(server, scale).catch((error: unknown) => {
        process.exitCode = 1
        process.stderr.write(`${name} could not be measured: ${error instanceof Error ? error.stack : String(error)}\n`)
        return []
      })
      figures.push(...(measured ?? []))
      process.stderr.write(`  ${((performance.now() - from) / 1000).toFixed(0)} s\n`)
    }
  } finally {
    await server.stop()
  }
  process.stdout.write(`${formatFigures(figures)}\n\n${figuresToJson(figures)}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
