// What `npm run erase` runs: makes a fresh checkout ready, then erases the buyer of a case.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/erasure/erase.js')
