// What `npm run worker` runs: everything that happens without a person asking, alone.
import { run } from '../standalone/run.mjs'

await run('worker')
