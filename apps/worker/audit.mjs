// What `npm run audit` runs: makes a fresh checkout ready, then verifies the audit of a database.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/audit/audit.js')
