// What `npm run simulator` runs: makes a fresh checkout ready, then starts both marketplaces alone.
import { prepare } from '../standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/apps/simulator/src/main.js')
