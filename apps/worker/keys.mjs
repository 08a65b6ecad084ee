// What `npm run keys` runs: makes a fresh checkout ready, then shows, changes or checks the keys of a database.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/keys/keys.js')
