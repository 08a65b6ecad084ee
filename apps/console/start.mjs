// What `npm run console` runs: the API of the queue and its page, alone.
import { run } from '../standalone/run.mjs'

await run('console', { web: true })
