/** `npm run kafka`: a real Apache Kafka on this machine until Ctrl-C. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBroker } from './broker'
import { KAFKA_VERSION, ROOT } from './installation'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9092' },
      data: { type: 'string', default: join(ROOT, '.data', 'kafka') },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_534) throw new Error('--port must be a number from 1 to 65534')
  const printLine = (line: string): void => void process.stdout.write(`${line}\n`)
  const broker = await startBroker({ dataFolder: values.data, port, log: printLine })
  printLine(
    `Apache Kafka ${KAFKA_VERSION} answers at ${broker.address}; its data is in ${values.data}. Ctrl-C stops it.`,
  )
  printLine(`KAFKA_BROKERS=${broker.address} is the setting for worker and tests.`)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      printLine('stopping …')
      void broker.stop().then(() => process.exit(0))
    })
  setInterval(() => {
    if (!broker.ended() || stopping) return
    printLine('the broker ended by itself')
    process.exit(1)
  }, 500)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
