// What `npm run analytics` runs: makes a fresh checkout ready, then the command.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/analytics/analytics.js')
