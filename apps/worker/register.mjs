// What `npm run register` runs: makes a fresh checkout ready, then enters an organisation with its apps and stores.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/worker/src/registration/register.js')
