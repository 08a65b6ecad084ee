/**
 * Lints texts as if each stood in its file, with our own rules and the compiler's types, but without loading the whole code
 * for them. In: `[{ path, text }]` as JSON; out: each one's findings, and those of the rules that need no types.
 */
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { ESLint } from 'eslint'
import ts from 'typescript'

const texts = JSON.parse(await text(process.stdin))
const textAt = new Map(texts.map(({ path, text: code }) => [resolve(path), code]))
const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd())
const host = ts.createCompilerHost(options)
const { fileExists, readFile } = host
host.fileExists = (path) => textAt.has(path) || fileExists(path)
host.readFile = (path) => textAt.get(path) ?? readFile(path)
const getSourceFile = host.getSourceFile
host.getSourceFile = (path, ...more) =>
  textAt.has(path) ? ts.createSourceFile(path, textAt.get(path), ...more) : getSourceFile(path, ...more)
const program = ts.createProgram([...textAt.keys()], options, host)

const withTypes = new ESLint({
  overrideConfigFile: 'test/architecture/eslint.config.mjs',
  overrideConfig: { languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
})
const withoutTypes = new ESLint({ overrideConfigFile: 'test/architecture/eslint.untyped.config.mjs' })
const found = { all: [], untyped: [] }
for (const [path, code] of textAt)
  for (const [kind, eslint] of [
    ['all', withTypes],
    ['untyped', withoutTypes],
  ]) {
    const [file] = await eslint.lintText(code, { filePath: path })
    found[kind].push(file.messages)
  }
process.stdout.write(JSON.stringify(found))
