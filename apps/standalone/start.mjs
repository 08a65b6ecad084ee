// What `npm start` runs: everything in one process.
import { run } from './run.mjs'

await run('standalone', { web: true })
