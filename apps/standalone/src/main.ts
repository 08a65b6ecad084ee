import { UnusableSettings, readSettings } from '#access'
import { WatchSettings, setUpLogging } from '#runtime'
import { StandaloneSettings } from './settings'
import { startStandalone } from './standalone'

async function main(): Promise<void> {
  const began = performance.now()
  const settings = readSettings(StandaloneSettings, process.env)
  const watching = readSettings(WatchSettings, process.env)
  // What a newcomer is greeted with stays plain; what the parts have to say are lines of the log.
  setUpLogging('standalone', watching.LOG_FORMAT)
  const running = await startStandalone(settings, (line) => console.log(line), watching)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    [
      '',
      `  售后 Shouhou is ready after ${seconds} s.`,
      '',
      ...(running.enterUrl === undefined
        ? [`  The console     ${running.consoleUrl}`]
        : [
            `  Open            ${running.enterUrl}`,
            '                  (logs you in as the owner of the demonstration, once; each start prints a new link)',
          ]),
      `  API             ${running.consoleUrl}/docs`,
      `  Pushes come to  ${running.gatewayUrl}/push/<marketplace>/<app key>`,
      ...(settings.KAFKA_BROKERS === undefined
        ? []
        : [
            `  Events go to    Kafka at ${settings.KAFKA_BROKERS}, topics ${settings.KAFKA_PREFIX}*; see ${running.consoleUrl}/asyncapi.json`,
          ]),
      ...(running.metricsUrl === undefined ? [] : [`  Metrics         ${running.metricsUrl}/metrics`]),
      ...(running.simulatorControlUrl === undefined ? [] : simulatorLines(running.simulatorControlUrl)),
      '',
      '  Everything listens on this machine only (127.0.0.1). Ctrl-C stops it all.',
      '',
    ].join('\n'),
  )
  let stopping = false
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (stopping) return
      stopping = true
      console.log('stopping …')
      void running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}

const simulatorLines = (control: string): string[] => [
  `  Simulators      ${control}/control/status`,
  `  Move the clock  curl -X POST ${control}/control/clock -H 'content-type: application/json' -d '{"advanceHours":49}'`,
]

main().catch((error: unknown) => {
  if (error instanceof UnusableSettings) console.error(error.message)
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    console.error(
      `${error.message}\nAnother program uses this port. Set PORT, GATEWAY_PORT or SIMULATOR_PORT to a free one.`,
    )
  else console.error(error)
  process.exit(1)
})
