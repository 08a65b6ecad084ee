/** Canaries: for every boundary rule a planted file that violates it, and the violation that must be reported. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from './tree'

interface Report {
  readonly summary: { readonly violations: readonly { from: string; rule: { name: string } }[] }
}

const ruleNames = (require('./boundaries.cjs') as { forbidden: { name: string }[] }).forbidden.map(({ name }) => name)

/** File → its text → the rules that it breaks. */
const PLANTED_FILES: readonly (readonly [path: string, text: string, breaks: readonly string[]])[] = [
  // Allowed imports.
  ['libs/after-sale/src/index.ts', "export * from './case'", []],
  ['libs/after-sale/src/case.ts', 'export interface Case { id: string }\nexport const one = 1', []],
  ['libs/after-sale/src/case.spec.ts', "import 'fast-check'\nimport './case'", []],
  ['libs/connectors/src/index.ts', "export * from './contract'\nexport * from './douyin'", []],
  ['libs/connectors/src/contract/index.ts', "import type { Case } from '#after-sale'\nexport type Of = Case", []],
  [
    'libs/connectors/src/douyin/index.ts',
    "import { createHmac } from 'node:crypto'\nimport WebSocket from 'ws'\nimport '../contract'\nexport const uses = [createHmac, WebSocket]",
    [],
  ],
  [
    'libs/event-store/src/index.ts',
    "import 'pg'\nimport 'typeorm'\nimport '@nestjs/common'\nexport const store = 1",
    [],
  ],
  [
    'libs/ledgers/src/index.ts',
    "import type { Case } from '#after-sale'\nimport '#event-store'\nimport 'typeorm'\nexport type Of = Case",
    [],
  ],
  [
    'libs/case-handling/src/index.ts',
    "import '#after-sale'\nimport '#connectors'\nimport '#event-store'\nimport '@nestjs/cqrs'\nexport {}",
    [],
  ],
  ['libs/read-models/src/index.ts', "import '#after-sale'\nimport '#event-store'\nexport const questions = 1", []],
  [
    'libs/analytics/src/index.ts',
    "import '#after-sale'\nimport '#event-store'\nimport type { Question } from '#read-models'\nexport type Of = Question",
    [],
  ],
  ['libs/access/src/index.ts', "import 'node:crypto'\nimport 'pg'\nexport const people = 1", []],
  ['apps/worker/src/main.ts', "import '#case-handling'\nimport '#connectors'\nexport const worker = 1", []],
  ['apps/standalone/src/postgres/index.ts', 'export const startEmbeddedPostgres = 1', []],
  ['apps/worker/src/keys/keys.ts', "import '../../../standalone/src/postgres'\nexport {}", []],
  ['apps/standalone/prepare.mjs', 'export const prepare = 1', []],
  ['apps/simulator/start.mjs', "import '../standalone/prepare.mjs'", []],
  ['apps/simulator/src/http/control.ts', "import '#runtime/http'\nexport {}", []],
  ['apps/standalone/src/main.ts', "import '../../worker/src/main'", []],
  ['apps/console/web/main.tsx', "import 'react'\nexport const page = 1", []],

  // Forbidden imports, each with the rule that it violates.
  [
    'libs/after-sale/src/reads-files.ts',
    "import { readFileSync } from 'node:fs'\nexport const read = readFileSync",
    ['after-sale-imports-nothing'],
  ],
  ['libs/after-sale/src/takes-a-package.ts', "import 'rxjs'\nexport {}", ['after-sale-imports-nothing']],
  [
    'libs/after-sale/src/needs-a-type.ts',
    "import type { Client } from 'pg'\nexport type Of = Client",
    ['after-sale-imports-nothing'],
  ],
  [
    'libs/connectors/src/douyin/injected.ts',
    "import { Injectable } from '@nestjs/common'\nexport const of = Injectable",
    ['connectors-translate-and-nothing-else'],
  ],
  [
    'libs/connectors/src/douyin/stores.ts',
    "import '#event-store'\nexport {}",
    ['connectors-translate-and-nothing-else'],
  ],
  [
    'libs/connectors/src/douyin/reads-files.ts',
    "import 'node:fs'\nexport {}",
    ['connectors-translate-and-nothing-else'],
  ],
  ['libs/connectors/src/pinduoduo/index.ts', "import '../douyin'\nexport {}", ['marketplaces-do-not-know-each-other']],
  [
    'libs/event-store/src/knows-cases.ts',
    "import type { Case } from '#after-sale'\nexport type Of = Case",
    ['event-store-knows-messages-not-cases'],
  ],
  [
    'libs/event-store/src/knows-marketplaces.ts',
    "import '#connectors'\nexport {}",
    ['event-store-knows-messages-not-cases'],
  ],
  ['libs/ledgers/src/calls.ts', "import '#connectors'\nexport {}", ['ledgers-keep-what-people-edit']],
  ['libs/ledgers/src/serves.ts', "import 'fastify'\nexport {}", ['ledgers-keep-what-people-edit']],
  [
    'libs/ledgers/src/decides.ts',
    "import { one } from '#after-sale'\nexport const decides = one",
    ['ledgers-know-the-models-types-only'],
  ],
  ['libs/event-store/src/knows-ledgers.ts', "import '#ledgers'\nexport {}", ['event-store-knows-messages-not-cases']],
  ['libs/case-handling/src/asks.ts', "import '#read-models'\nexport {}", ['case-handling-asks-no-questions']],
  ['libs/case-handling/src/serves.ts', "import 'fastify'\nexport {}", ['case-handling-asks-no-questions']],
  ['libs/case-handling/src/listens.ts', "import 'node:http'\nexport {}", ['case-handling-asks-no-questions']],
  ['libs/messaging/src/index.ts', "import '#connectors'\nexport {}", ['messaging-publishes-only']],
  [
    'libs/messaging/src/publishes.ts',
    "import 'kafkajs'\nimport 'ajv'\nimport '#after-sale'\nimport '#event-store'\nexport const publishes = 1",
    [],
  ],
  ['apps/worker/src/publishes.ts', "import 'kafkajs'\nexport {}", ['kafka-is-spoken-in-messaging']],
  ['libs/read-models/src/writes.ts', "import '#case-handling'\nexport {}", ['read-models-only-read']],
  ['libs/read-models/src/speaks.ts', "import '#connectors'\nexport {}", ['read-models-only-read']],
  ['libs/analytics/src/speaks.ts', "import '#connectors'\nexport {}", ['analytics-counts-what-was-recorded']],
  ['libs/analytics/src/serves.ts', "import 'fastify'\nexport {}", ['analytics-counts-what-was-recorded']],
  ['libs/analytics/src/asks.ts', "import '#read-models'\nexport {}", ['analytics-is-rebuilt-as-a-question']],
  ['libs/read-models/src/counts.ts', "import '#analytics'\nexport {}", ['read-models-only-read']],
  ['libs/teamwork/src/acts.ts', "import '#case-handling'\nexport {}", ['teamwork-knows-people-not-marketplaces']],
  ['libs/teamwork/src/serves.ts', "import 'fastify'\nexport {}", ['teamwork-knows-people-not-marketplaces']],
  ['libs/teamwork/src/index.ts', "import '#access'\nimport '#event-store'\nexport const teamwork = 1", []],
  ['libs/case-handling/src/asks-colleagues.ts', "import '#teamwork'\nexport {}", ['teamwork-is-of-the-console']],
  ['libs/access/src/knows-cases.ts', "import '#after-sale'\nexport {}", ['access-knows-who-not-what']],
  ['libs/access/src/knows-marketplaces.ts', "import '#connectors'\nexport {}", ['access-knows-who-not-what']],
  ['libs/runtime/src/index.ts', "import '#access'\nimport '#event-store'\nexport const runtime = 1", []],
  ['libs/runtime/src/http/index.ts', 'export const isForeign = 1', []],
  ['libs/runtime/src/judges.ts', "import '#case-handling'\nexport {}", ['runtime-knows-no-case']],
  ['libs/messaging/src/runs.ts', "import '#runtime'\nexport {}", ['libraries-know-no-runtime']],
  ['apps/simulator/src/takes-the-runtime.ts', "import '#runtime'\nexport {}", ['simulator-is-the-world-outside']],
  [
    'apps/worker/src/reaches-in.ts',
    "import '../../../libs/after-sale/src/case'\nexport {}",
    ['libraries-are-entered-by-their-index'],
  ],
  [
    'libs/case-handling/src/reaches-in.ts',
    "import '../../after-sale/src/case'\nexport {}",
    ['libraries-are-entered-by-their-index'],
  ],
  [
    'libs/read-models/src/knows-a-process.ts',
    "import '../../../apps/worker/src/main'\nexport {}",
    ['libraries-know-no-process'],
  ],
  ['apps/gateway/src/main.ts', "import '../../worker/src/main'\nexport {}", ['processes-do-not-know-each-other']],
  ['apps/simulator/src/main.ts', "import '#after-sale'\nexport {}", ['simulator-is-the-world-outside']],
  [
    'apps/console/web/shares.ts',
    "import type { Case } from '../../../libs/after-sale/src'\nexport type Of = Case",
    ['page-speaks-http-only'],
  ],
  // A cycle is reported once, from one of its files.
  ['apps/worker/src/hen.ts', "import { egg } from './egg'\nexport const hen = () => egg", []],
  ['apps/worker/src/egg.ts', "import { hen } from './hen'\nexport const egg = () => hen", ['no-cycles']],
  ['apps/worker/src/chick.ts', "import type { Nest } from './nest'\nexport type Chick = Nest[]", ['no-cycles']],
  ['apps/worker/src/nest.ts', "import type { Chick } from './chick'\nexport type Nest = Chick[]", []],
  ['apps/worker/src/lost.ts', "import './nowhere'\nexport {}", ['everything-resolves']],
]

describe('the import boundaries', () => {
  let violations: Map<string, string[]>

  beforeAll(() => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shouhou-canaries-')))
    try {
      for (const [path, text] of PLANTED_FILES) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), `${text}\n`)
      }
      for (const name of ['package.json', 'tsconfig.json'])
        writeFileSync(join(folder, name), readFileSync(join(ROOT, name)))
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
      violations = findViolations(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)

  it.each(PLANTED_FILES.map(([path, , breaks]) => ({ path, breaks, answer: breaks.join(', ') || 'nothing' })))(
    'answer $path with: $answer',
    ({ path, breaks }) => {
      expect(violations.get(path) ?? []).toEqual(breaks)
    },
  )

  it('have a canary for every rule that boundaries.cjs declares', () => {
    expect([...new Set(PLANTED_FILES.flatMap(([, , breaks]) => breaks))].sort()).toEqual([...ruleNames].sort())
  })
})

function findViolations(folder: string): Map<string, string[]> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [
    program,
    '--config',
    join(ROOT, 'test/architecture/boundaries.cjs'),
    '--output-type',
    'json',
    'apps',
    'libs',
  ]
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (!run.stdout) throw new Error(run.stderr)
  const found = new Map<string, string[]>()
  for (const { from, rule } of (JSON.parse(run.stdout) as Report).summary.violations) {
    found.set(from, [...(found.get(from) ?? []), rule.name].sort())
  }
  return found
}
