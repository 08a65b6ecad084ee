/** The layer of a spec follows from its file name: `*.spec.ts` needs nothing, `*.int.spec.ts` a PostgreSQL, `*.journey.spec.ts` the whole stack. */
const { findChromium } = require('./find-chromium.cjs')
const { canHaveKafka } = require('./find-kafka.cjs')

const esm =
  'openapi-typescript|parse-json|index-to-position|supports-color|change-case|@nestjs|cookie|content-disposition|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|openid-client|oauth4webapi|jose|hyparquet|hyparquet-writer'
module.exports = {
  rootDir: '..',
  testEnvironment: 'node',
  runtime: '<rootDir>/test/jest-runtime.cjs',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Without a browser or a Kafka their tests are left out, and the summary of test/run.mjs says so.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(findChromium() ? [] : ['/[^/]*page[^/]*\\.journey\\.spec\\.ts$']),
    ...(canHaveKafka() ? [] : ['/kafka-[^/]*\\.(int|journey)\\.spec\\.ts$']),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/apps/console/web/dist/'],
  moduleNameMapper: {
    '^#runtime/http$': '<rootDir>/libs/runtime/src/http/index.ts',
    '^#(after-sale|connectors|event-store|ledgers|case-handling|read-models|analytics|access|messaging|teamwork|runtime)$':
      '<rootDir>/libs/$1/src/index.ts',
  },
  transform: { '^.+\\.(t|j)s$': ['@swc/jest'] },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  // `npm run properties` raises the runs of specs that call fast-check directly, too.
  setupFilesAfterEnv:
    process.env.PROPERTY_RUNS || process.env.PROPERTY_SEED ? ['<rootDir>/test/properties/raise-runs.cjs'] : [],
  testSequencer: '<rootDir>/test/longest-first.cjs',
  globalSetup: '<rootDir>/test/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.ts',
  // Waits end with what they wait for; this only ends a test that hangs.
  testTimeout: 300_000,
}
