// What `npm run gateway` runs: where marketplaces push to, alone.
import { run } from '../standalone/run.mjs'

await run('gateway')
