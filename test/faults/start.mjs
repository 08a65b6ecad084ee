/** Prepares the checkout, then runs one of the long fault runs: see long-run.ts. */
import { createRequire } from 'node:module'
import { prepare } from '../../apps/standalone/prepare.mjs'

await prepare({ web: false })
createRequire(import.meta.url)('../../dist/test/faults/long-run.js')
