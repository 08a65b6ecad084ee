/**
 * Who may import whom: one named rule per boundary. Each has a canary in boundaries.spec.ts.
 * A library may appear as its source path, its compiled path or, unresolved, its `#name`.
 */
const lib = (...names) => `^(?:(?:dist/)?libs/(?:${names.join('|')})/|#(?:${names.join('|')})(?:/http)?$)`
const anyLib =
  '^(?:(?:dist/)?libs/|#(?:after-sale|connectors|event-store|ledgers|case-handling|messaging|read-models|analytics|teamwork|access|runtime(?:/http)?)$)'
const packages = (...names) => `(?:^|node_modules/)(?:${names.join('|')})(?:/|$)`
const specs = '\\.spec\\.ts$'

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    rule(
      'after-sale-imports-nothing',
      'The model is total and pure: no package, nothing of Node, no other library.',
      { path: '^libs/after-sale/', pathNot: specs },
      { pathNot: '^libs/after-sale/' },
    ),
    rule(
      'connectors-translate-and-nothing-else',
      'The model, hashes, HTTP and WebSocket clients, an exact JSON parser. No framework, no database, no other library.',
      // The suite that every connector's spec runs is a test, too.
      { path: '^libs/connectors/', pathNot: [specs, '^libs/connectors/src/contract/suite/'] },
      {
        pathNot: [
          '^libs/connectors/',
          lib('after-sale'),
          '^(?:node:)?(?:crypto|http|https|events|stream|buffer|url|zlib|string_decoder|timers|timers/promises)$',
          packages('ws', '@types/ws', 'undici', 'lossless-json'),
        ],
      },
    ),
    rule(
      'marketplaces-do-not-know-each-other',
      'A marketplace is one folder; what two of them share is in contract/.',
      { path: '^libs/connectors/src/([^/]+)/', pathNot: specs },
      { path: '^libs/connectors/src/[^/]+/', pathNot: ['^libs/connectors/src/$1/', '^libs/connectors/src/contract/'] },
    ),
    rule(
      'event-store-knows-messages-not-cases',
      'Streams, inbox, timers, effects, outbox: no library of ours.',
      { path: '^libs/event-store/', pathNot: specs },
      { path: anyLib, pathNot: '^libs/event-store/' },
    ),
    rule(
      'ledgers-keep-what-people-edit',
      'Strategies, trials, budgets, appeals, evidence: rows and their types. No marketplace, no question, no HTTP.',
      { path: '^libs/ledgers/', pathNot: specs },
      {
        path: [
          lib('connectors', 'case-handling', 'read-models', 'analytics', 'messaging', 'access', 'runtime'),
          '^(?:node:)?https?$',
          packages('fastify', '@fastify', '@nestjs/platform-[^/]+', '@nestjs/swagger', 'express'),
        ],
      },
    ),
    rule(
      'ledgers-know-the-models-types-only',
      'A row is typed by the model; what follows from it is decided elsewhere.',
      { path: '^libs/ledgers/', pathNot: specs },
      { path: lib('after-sale'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'case-handling-asks-no-questions',
      'It joins model, connectors and store; questions and HTTP are the business of others.',
      { path: '^libs/case-handling/', pathNot: specs },
      {
        path: [
          lib('read-models', 'analytics', 'messaging'),
          '^(?:node:)?https?$',
          packages('fastify', '@fastify', '@nestjs/platform-[^/]+', '@nestjs/swagger', 'express'),
        ],
      },
    ),
    rule(
      'messaging-publishes-only',
      'The published language: no marketplace and no question.',
      { path: '^libs/messaging/', pathNot: specs },
      { path: lib('connectors', 'read-models', 'analytics', 'case-handling') },
    ),
    rule(
      'kafka-is-spoken-in-messaging',
      'Who uses Kafka uses our language, so that the client can be another one tomorrow.',
      { path: '^(?:apps|libs)/', pathNot: '^libs/messaging/' },
      { path: packages('kafkajs', '@confluentinc/kafka-javascript', 'node-rdkafka', '@platformatic/kafka') },
    ),
    rule(
      'read-models-only-read',
      'A question knows neither how a marketplace speaks nor how a case is written.',
      { path: '^libs/read-models/', pathNot: specs },
      { path: lib('connectors', 'case-handling', 'analytics') },
    ),
    rule(
      'analytics-counts-what-was-recorded',
      'Facts follow from cases and events. No marketplace, no way to write a case, no HTTP, and nothing of people.',
      { path: '^libs/analytics/', pathNot: specs },
      {
        path: [
          lib('connectors', 'case-handling', 'messaging', 'access'),
          '^(?:node:)?https?$',
          packages('fastify', '@fastify', '@nestjs/platform-[^/]+', '@nestjs/swagger', 'express'),
        ],
      },
    ),
    rule(
      'analytics-is-rebuilt-as-a-question',
      'It has the shape of a read model, so that one mechanism rebuilds and compares both; it asks no question.',
      { path: '^libs/analytics/', pathNot: specs },
      { path: lib('read-models'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'teamwork-knows-people-not-marketplaces',
      'Who works on which case, and what they write to each other. No marketplace, no way to write a case, no question, no HTTP.',
      { path: '^libs/teamwork/', pathNot: specs },
      {
        path: [
          lib('after-sale', 'connectors', 'ledgers', 'case-handling', 'read-models', 'analytics', 'messaging'),
          '^(?:node:)?https?$',
          packages('fastify', '@fastify', '@nestjs/platform-[^/]+', '@nestjs/swagger', 'express'),
        ],
      },
    ),
    rule(
      'teamwork-is-of-the-console',
      'What people agree on changes no case: the libraries do not know it.',
      { path: '^libs/', pathNot: ['^libs/teamwork/', specs] },
      { path: lib('teamwork') },
    ),
    rule(
      'access-knows-who-not-what',
      'Organisations, stores, people, sealed data: no case and no marketplace.',
      { path: '^libs/access/', pathNot: specs },
      { path: lib('after-sale', 'connectors', 'ledgers', 'case-handling', 'read-models', 'analytics') },
    ),
    rule(
      'runtime-knows-no-case',
      'What every process needs: settings, database, vault, clock, health, metrics, logs, traces. No case and no marketplace.',
      { path: '^libs/runtime/', pathNot: specs },
      { path: anyLib, pathNot: ['^libs/runtime/', lib('access', 'event-store')] },
    ),
    rule(
      'libraries-know-no-runtime',
      'A process gives a library what it needs; no library asks the runtime for it.',
      { path: '^libs/', pathNot: ['^libs/runtime/', specs] },
      { path: lib('runtime') },
    ),
    rule(
      'libraries-are-entered-by-their-index',
      'What a library shows is in its index.',
      { path: '^(?:apps/|libs/([^/]+)/)' },
      {
        path: '^(?:dist/)?libs/',
        pathNot: ['^(?:dist/)?libs/(?:[^/]+/src|runtime/src/http)/index\\.[tj]s$', '^libs/$1/'],
      },
    ),
    rule(
      'libraries-know-no-process',
      'Processes put libraries together, never the other way round.',
      { path: '^libs/' },
      { path: '^(?:dist/)?apps/' },
    ),
    rule(
      'processes-do-not-know-each-other',
      'Except standalone, which is all of them.',
      { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      {
        path: '^(?:dist/)?apps/',
        // Their own, as source or compiled; what makes a fresh checkout ready, which any command may need first; and the
        // embedded PostgreSQL, which the tools of the worker start for the data folder of `npm start`.
        pathNot: [
          '^(?:dist/)?apps/$1/',
          '^apps/standalone/(?:prepare|run)\\.mjs$',
          '^apps/standalone/src/postgres/index\\.ts$',
        ],
      },
    ),
    rule(
      'simulator-is-the-world-outside',
      'It speaks what the marketplaces speak, by their documents, not by our code. How a process is kept from web pages is no part of that.',
      { path: '^apps/simulator/' },
      { path: anyLib, pathNot: '^(?:(?:dist/)?libs/runtime/src/http/|#runtime/http$)' },
    ),
    rule(
      'page-speaks-http-only',
      'The page in the browser shares no code with the server.',
      { path: '^apps/console/web/' },
      { path: ['^(?:dist/)?libs/', '^(?:dist/)?apps/', '^#'], pathNot: '^apps/console/web/' },
    ),
    rule(
      'no-cycles',
      'Two files that need each other, be it for a type only, are one idea, or three.',
      {},
      { circular: true },
    ),
    rule('everything-resolves', 'An import that is not found guards nothing.', {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: who needs another's types knows the other.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['(?:^|/)apps/console/web/dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
