// What `npm run replay` runs: makes a fresh checkout ready, then takes a range of time through the code of today.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/replay/replay.js')
