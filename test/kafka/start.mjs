// `npm run kafka`: prepares the checkout, then starts a real Apache Kafka of one node on this machine.
import { prepare } from '../../apps/standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/test/kafka/main.js')
