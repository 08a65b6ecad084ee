/**
 * `npm run conformance -- DIR`: reads DIR/{pdd,douyin}/*.json and prints a line a file. Exits 1 when a file throws,
 * loses a digit of an id or maps a known code to nothing, 2 when there is nothing to read.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connectorOf } from '#connectors'
import type { Connector } from '#connectors'
import type { Finding, Marketplace } from './check-file'
import { checkFile } from './check-file'
import { DOUYIN, PINDUODUO } from './official-codes'
import { recogniseDouyin } from './recognise-douyin'
import { recognisePinduoduo } from './recognise-pinduoduo'

const folders: Readonly<Record<string, Marketplace>> = {
  pdd: { connector: called('pinduoduo'), recognise: recognisePinduoduo, codes: PINDUODUO },
  douyin: { connector: called('douyin'), recognise: recogniseDouyin, codes: DOUYIN },
}

function called(marketplace: string): Connector {
  const connector = connectorOf(marketplace)
  if (connector === undefined) throw new Error(`there is no connector called ${marketplace}`)
  return connector
}

interface Line extends Finding {
  readonly file: string
}

function linesOf(directory: string): Line[] {
  return Object.entries(folders).flatMap(([folder, marketplace]) =>
    filesIn(join(directory, folder)).map((name) => ({
      file: `${folder}/${name}`,
      ...checkFile(readFileSync(join(directory, folder, name), 'utf8'), marketplace),
    })),
  )
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

function run(directory: string | undefined): number {
  if (directory === undefined) {
    console.error('usage: npm run conformance -- DIR    reads DIR/pdd/*.json and DIR/douyin/*.json')
    return 2
  }
  const lines = linesOf(directory)
  if (lines.length === 0) {
    console.error(`no .json file in ${join(directory, 'pdd')} or ${join(directory, 'douyin')}`)
    return 2
  }
  const fileWidth = Math.max(...lines.map(({ file }) => file.length))
  const verdictWidth = Math.max(...lines.map(({ verdict }) => verdict.length))
  for (const { file, verdict, words, faults } of lines) {
    const wrong = faults.length === 0 ? '' : `  FAULT: ${faults.join('; ')}`
    console.log(`${file.padEnd(fileWidth)}  ${verdict.padEnd(verdictWidth)}  ${words}${wrong}`)
  }
  const faulty = lines.filter(({ faults }) => faults.length > 0).length
  console.log(`\n${lines.length} files, ${faulty === 0 ? 'no faults' : `${faulty} with faults`}`)
  return faulty === 0 ? 0 : 1
}

const given = process.argv[2]
// npm runs scripts in the project's folder and says here where the person was.
process.exitCode = run(given === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', given))
