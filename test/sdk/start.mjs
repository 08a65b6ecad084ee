// What `npm run sdk -- douyin|pinduoduo PATH` runs: makes a fresh checkout ready, then the SDK in PATH against the simulator.
import { prepare } from '../../apps/standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/test/sdk/main.js')
