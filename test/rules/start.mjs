// What `npm run rules` runs: makes a fresh checkout ready, then holds every rule of the catalogue against what proves it.
import { prepare } from '../../apps/standalone/prepare.mjs'

try {
  await prepare({ web: false })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../../dist/test/rules/main.js')
