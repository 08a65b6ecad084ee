// What `npm run simulator` runs: both marketplaces alone, with addresses, keys and shop ids for any client.
import { run } from '../standalone/run.mjs'

await run('simulator')
