// What `npm run database` runs: makes a fresh checkout ready, then prints, checks or applies the roles of a database.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/database/database.js')
