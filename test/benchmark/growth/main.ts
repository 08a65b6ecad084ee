/** `npm run growth`: prints a Markdown table of what 10 million to a billion messages a day cost. */
import type { Growth, NodeCapacity } from './costs'
import { computeCost, simulateLongestWait, simulateDistribution } from './costs'

/** Measured by `npm run bench` on two cores (see the event store's README). Override with `--understood 4000`, `--cases 2000`, … */
const MEASURED = { single: 3_900, fifty: 25_000, understood: 3_000, raw: 630, outgoing: 630, cases: 1_650 }
const PLAN = { peak: 5, load: 0.6, 'raw-days': 30, 'outgoing-days': 7, 'case-days': 90, organisations: 20_000 }

function parseArguments(words: readonly string[]): Record<keyof typeof MEASURED | keyof typeof PLAN, number> {
  const numbers = { ...MEASURED, ...PLAN }
  for (let i = 0; i < words.length; i += 2) {
    const name = (words[i] ?? '').replace(/^--/, '')
    const value = Number(words[i + 1])
    if (!Object.hasOwn(numbers, name) || !(value > 0))
      throw new Error(`--NAME NUMBER, where NAME is one of ${Object.keys(numbers).join(', ')}`)
    numbers[name as keyof typeof numbers] = value
  }
  return numbers
}

const formatInteger = (n: number): string => Math.round(n).toLocaleString('en-US')
const formatTerabytes = (bytes: number): string => `${(bytes / 1e12).toFixed(bytes < 1e13 ? 1 : 0)} TB`

function costTable(words: readonly string[]): string {
  const parameters = parseArguments(words)
  const measured: NodeCapacity = {
    accepted: [parameters.single, parameters.fifty],
    understood: parameters.understood,
    rawBytes: parameters.raw,
    outgoingBytes: parameters.outgoing,
    caseBytes: parameters.cases,
  }
  const days = [1e7, 1e8, 1e9].map((messagesADay) => {
    const growth: Growth = {
      messagesPerDay: messagesADay,
      peak: parameters.peak,
      load: parameters.load,
      rawDays: parameters['raw-days'],
      outgoingDays: parameters['outgoing-days'],
      caseDays: parameters['case-days'],
    }
    const cost = computeCost(measured, growth)
    const spread = (placing: 'by hash' | 'least loaded'): string =>
      simulateDistribution(parameters.organisations, cost.databases, placing).fullest.toFixed(2)
    const wait = (surge: number): string =>
      formatInteger(simulateLongestWait(cost.meanPerSecond / cost.databases, parameters.understood, surge))
    return [
      formatInteger(messagesADay),
      `${formatInteger(cost.meanPerSecond)} / ${formatInteger(cost.peakPerSecond)}`,
      formatInteger(cost.gateways),
      formatInteger(cost.databases),
      formatTerabytes(cost.bytesPerDay),
      formatTerabytes(cost.bytesKept),
      formatTerabytes(cost.bytesPerDatabase),
      `${(cost.messagesPerDatabase / 1e9).toFixed(2)}·10⁹`,
      `${spread('by hash')} / ${spread('least loaded')}`,
      `${wait(1)} / ${wait(5)}`,
    ]
  })
  const head = [
    'messages a day',
    'a second, mean / peak',
    'gateways',
    'databases',
    'new a day',
    'kept',
    'in each',
    'raw rows in each',
    'fullest: hash / least loaded',
    'longest wait, min: day / sales',
  ]
  return [head, head.map(() => '---'), ...days].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

try {
  process.stdout.write(`${costTable(process.argv.slice(2))}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
