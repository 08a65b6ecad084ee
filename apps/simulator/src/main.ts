import type { RunningSimulator } from './running'
import { settingsFrom } from './settings'
import { startSimulator } from './simulator'

async function main(): Promise<void> {
  const simulator = await startSimulator(settingsFrom(process.env))
  process.stdout.write(`${introduction(simulator)}\n`)
  let askedAt: number | undefined
  const stop = (): void => {
    // A terminal and npm both pass one Ctrl-C on; only a later one is meant as "at once".
    if (askedAt !== undefined && Date.now() - askedAt > 1000) process.exit(1)
    if (askedAt !== undefined) return
    askedAt = Date.now()
    simulator.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function introduction({ opened, control }: RunningSimulator): string {
  const rows = [
    ...opened.flatMap(({ market, registration }) => market.introduction(registration)),
    ['Control', control.url] as const,
  ]
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  const table = rows.map(([name, value]) => name.padEnd(width) + value)
  const post = (path: string, body: string): string =>
    `curl -X POST ${control.url}/control/${path} -H 'content-type: application/json' -d '${body}'`
  const commands = [
    ['ten buyers apply', post('apply', '{"count":10}')],
    ['two days later', post('clock', '{"advanceHours":48}')],
    ['one push in five is lost', post('faults', '{"lostPushes":0.2}')],
    ['all access tokens expire', post('faults', '{"expireTokens":true}')],
    ['what is true', `curl '${control.url}/control/truth?limit=3'`],
  ].map(([name = '', command = '']) => `# ${name}\n${command}`)
  const titles = opened.map(({ title }) => title).join(' and ')
  return ['', `${titles}, simulated. Ctrl-C stops.`, '', ...table, '', ...commands, ''].join('\n')
}

function fail(error: unknown): never {
  process.stderr.write(`the simulator stopped: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

main().catch(fail)
