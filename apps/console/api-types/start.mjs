// What `npm run api-types` runs: the compiled `write.ts`, from a checkout that is compiled as it is now.
import { prepare } from '../../standalone/prepare.mjs'

await prepare({ web: false })
await import(new URL('../../../dist/apps/console/api-types/write.js', import.meta.url).href)
