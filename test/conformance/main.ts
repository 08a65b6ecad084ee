/**
 * `npm run conformance -- DIR`: reads DIR/{pdd,douyin}/*.json and prints a line a file. `NAME.expected.json` beside `NAME.json`
 * says in part what the translation of that file must be. Exits 1 when a file throws, loses a digit of an id, maps a known
 * code to nothing, translates a field wrongly or differs from what is expected; 2 when nothing can be read.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { connectorOf, decodeUtf8, parseJson } from '#connectors'
import type { Connector } from '#connectors'
import type { Finding, Marketplace } from './check-file'
import { checkFile } from './check-file'
import { DOUYIN, PINDUODUO } from './official-codes'
import { recogniseDouyin } from './recognise-douyin'
import { recognisePinduoduo } from './recognise-pinduoduo'

const folders: Readonly<Record<string, Marketplace>> = {
  pdd: { connector: requireConnector('pinduoduo'), recognise: recognisePinduoduo, codes: PINDUODUO },
  douyin: { connector: requireConnector('douyin'), recognise: recogniseDouyin, codes: DOUYIN },
}

function requireConnector(marketplace: string): Connector {
  const connector = connectorOf(marketplace)
  if (connector === undefined) throw new Error(`there is no connector called ${marketplace}`)
  return connector
}

interface Line extends Finding {
  readonly file: string
}

const EXPECTED = '.expected.json'

const USAGE = `usage: npm run conformance -- DIR    reads DIR/pdd/*.json and DIR/douyin/*.json

Beside NAME.json a file NAME${EXPECTED} may say in part what it must be understood as: the translation's members, e.g.
  { "type": "observed", "case": { "caseNumber": "1" }, "report": { "facets": { "money": { "stage": "refunded" } } } }
Members that are not named may be anything, null says that one is absent, a list has one part for each message of the file.
Money is fen, times are UTC milliseconds.`

function checkFolders(directory: string): Line[] {
  return Object.entries(folders).flatMap(([folder, marketplace]) =>
    listSampleFiles(join(directory, folder)).map((name) => ({
      file: `${folder}/${name}`,
      ...checkPath(join(directory, folder, name), marketplace),
    })),
  )
}

function checkPath(path: string, marketplace: Marketplace): Finding {
  const expectation = `${path.slice(0, -'.json'.length)}${EXPECTED}`
  if (!existsSync(expectation)) return checkFile(decodeUtf8(readFileSync(path)), marketplace)
  const expected = parseJson(decodeUtf8(readFileSync(expectation)))
  if (expected === undefined)
    return { verdict: 'not judged', summary: '', faults: [`${basename(expectation)} is not readable JSON`] }
  return checkFile(decodeUtf8(readFileSync(path)), marketplace, expected)
}

function listSampleFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.endsWith(EXPECTED))
      .sort()
  } catch {
    return []
  }
}

/** Folders without a marketplace: reported, so that they are not mistaken for checked ones. */
function describeUnknownFolders(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !Object.hasOwn(folders, entry.name))
    .map(
      ({ name }) =>
        `${name}/  not judged: no marketplace is read from this folder (${listSampleFiles(join(directory, name)).length} files)`,
    )
    .sort()
}

function run(directory: string | undefined): number {
  if (directory === undefined || directory.endsWith('--help')) {
    console.error(USAGE)
    return 2
  }
  if (!existsSync(directory)) {
    console.error(`no such folder: ${directory}`)
    return 2
  }
  const lines = checkFolders(directory)
  const unknown = describeUnknownFolders(directory)
  for (const line of unknown) console.log(line)
  if (lines.length === 0) {
    console.error(`no .json file in ${join(directory, 'pdd')} or ${join(directory, 'douyin')}`)
    return 2
  }
  const fileWidth = Math.max(...lines.map(({ file }) => file.length))
  const verdictWidth = Math.max(...lines.map(({ verdict }) => verdict.length))
  for (const { file, verdict, summary: words, faults } of lines) {
    const wrong = faults.length === 0 ? '' : `  FAULT: ${faults.join('; ')}`
    console.log(`${file.padEnd(fileWidth)}  ${verdict.padEnd(verdictWidth)}  ${words}${wrong}`)
  }
  const faulty = lines.filter(({ faults }) => faults.length > 0).length
  const quarantined = lines.filter(({ quarantined }) => (quarantined ?? 0) > 0).length
  console.log(
    `\n${lines.length} files, ${faulty === 0 ? 'no faults' : `${faulty} with faults`}, ${quarantined} quarantined` +
      (unknown.length === 0 ? '' : `, ${unknown.length} ${unknown.length === 1 ? 'folder' : 'folders'} not judged`),
  )
  return faulty === 0 ? 0 : 1
}

const directoryArgument = process.argv[2]
// npm runs scripts in the project's folder and says here where the person was.
process.exitCode = run(
  directoryArgument === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', directoryArgument),
)
