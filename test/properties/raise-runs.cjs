/** For specs that call fast-check directly: the same `PROPERTY_RUNS` and `PROPERTY_SEED` as `test/property.ts` obeys. */
const fc = require('fast-check')

const times = Number(process.env.PROPERTY_RUNS || 1)
const seed = process.env.PROPERTY_SEED
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  numRuns: Math.max(1, Math.round(100 * times)),
  ...(seed ? { seed: Number(seed) } : {}),
})
