// `npm run growth`: prepares the checkout, then prints what ten million to a billion messages a day cost, from measured figures.
import { prepare } from '../../../apps/standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../../dist/test/benchmark/growth/main.js')
