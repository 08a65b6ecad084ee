import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connector } from '../connector'

type ExpectedFile = readonly [file: string, what: string, isNeeded: (connector: Connector) => boolean]

const always = (): boolean => true

/** The files of a connector, one per task. A file is absent where the marketplace does not have its task. */
export const EXPECTED_FILES: readonly ExpectedFile[] = [
  ['README.md', 'how the marketplace behaves, with its traps and open questions', always],
  ['index.ts', 'the connector', always],
  ['index.spec.ts', 'the contract, with its fixtures', always],
  ['manifest.ts', 'what can be done there, action by action', always],
  ['statuses.ts', 'total tables: every official code', always],
  ['wire.ts', 'the names and shapes of the wire', always],
  ['endpoints.ts', 'where its API is reached', ({ endpoints }) => endpoints !== undefined],
  ['onboarding.ts', 'how a store is connected', ({ onboarding }) => onboarding !== undefined],
  ['assist.ts', 'what a person does by hand', ({ manifest }) => capabilityWays(manifest).includes('ASSISTED')],
  ['inbound/index.ts', 'everything that is received', always],
  ['inbound/authenticate.ts', 'genuine or forged', always],
  ['inbound/translate.ts', 'messages into reports', always],
  ['outbound/index.ts', 'everything that is asked of it', always],
  ['outbound/call.ts', 'one signed call, sent once', always],
  [
    'outbound/errors.ts',
    'what an answer other than success means',
    ({ outbound }) => outbound.requestCase === undefined,
  ],
  ['outbound/perform.ts', 'actions', ({ manifest }) => capabilityWays(manifest).includes('API')],
  ['outbound/pull.ts', 'the list, window by window', ({ outbound }) => outbound.pulling !== undefined],
  ['outbound/read.ts', 'one case, whole', ({ outbound }) => outbound.requestCase === undefined],
  [
    'outbound/request-case.ts',
    'one case, asked for by a message',
    ({ outbound }) => outbound.requestCase !== undefined,
  ],
  ['outbound/refresh.ts', 'new tokens', ({ outbound }) => outbound.requestCase === undefined],
  ['outbound/authorise.ts', 'tokens of an authorised store', ({ outbound }) => outbound.authorise !== undefined],
  ['outbound/listen.ts', 'the standing connection', ({ outbound }) => outbound.listen !== undefined],
  ['outbound/subscribe.ts', 'asking for pushes', ({ outbound }) => outbound.subscribe !== undefined],
  ['outbound/reject-reasons.ts', 'reasons for a rejection', ({ outbound }) => outbound.rejectReasons !== undefined],
  ['outbound/return-addresses.ts', 'return addresses', ({ outbound }) => outbound.returnAddresses !== undefined],
]

const capabilityWays = (manifest: Connector['manifest']): readonly string[] =>
  Object.values(manifest).map(({ way }) => way)

/** Names of files for parts of a task, which a connector may split off. */
export const OPTIONAL_FILES: readonly string[] = [
  'sign.ts',
  'inbound/amounts.ts',
  'inbound/case-facts.ts',
  'inbound/dispute.ts',
  'inbound/goods.ts',
  'inbound/push-types.ts',
  'inbound/translate-detail.ts',
  'inbound/translate-push.ts',
  'inbound/translate-row.ts',
  'outbound/action-answers.ts',
  'outbound/action-calls.ts',
  'outbound/rate-limits.ts',
]

/**
 * The deviations of a connector's folder from the common layout; empty where there is none. Additional files are
 * allowed if its README lists them.
 */
export function findFolderProblems(folder: string, connector: Connector): readonly string[] {
  const files = listFiles(folder)
  const expected = new Map(EXPECTED_FILES.map(([file, , isNeeded]) => [file, isNeeded(connector)]))
  const listedFiles = existsSync(join(folder, 'README.md')) ? readListedFiles(join(folder, 'README.md')) : []
  const ownFiles = files.filter(
    (file) => !expected.has(file) && !OPTIONAL_FILES.includes(file) && !/\.spec\.ts$|^samples\//.test(file),
  )
  return [
    ...[...expected]
      .filter(([file, isNeeded]) => isNeeded && !files.includes(file))
      .map(([file]) => `${file} is missing`),
    ...[...expected]
      .filter(([file, isNeeded]) => !isNeeded && files.includes(file))
      .map(([file]) => `${file} has nothing to do`),
    ...ownFiles.filter((file) => !listedFiles.includes(file)).map((file) => `${file} is not listed in the README`),
    ...listedFiles
      .filter((file) => !ownFiles.includes(file))
      .map((file) => `the README lists ${file}, which is no file of its own`),
  ]
}

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

/** The first column of the table under "Files of its own". */
function readListedFiles(readme: string): readonly string[] {
  const [, section = ''] =
    /^## Files of its own\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readFileSync(readme, 'utf8')) ?? []
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file = '']) => file)
}
