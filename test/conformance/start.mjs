// What `npm run conformance -- DIR` runs: makes a fresh checkout ready, then reads the samples in DIR.
import { prepare } from '../../apps/standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/test/conformance/main.js')
