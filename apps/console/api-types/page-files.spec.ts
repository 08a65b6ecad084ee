import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenAPIObject } from '@nestjs/swagger'
import ts from 'typescript'
import { buildDocumentWithoutDatabase } from '../src/openapi/document'
import { pageFilesOf } from './page-files'

type Files = Readonly<Record<string, string>>

const ROOT = join(__dirname, '../../..')
const SCHEMA = 'apps/console/web/api/schema.ts'
/** A file of the page that uses an answer and imports nothing else. */
const USER = join(ROOT, 'apps/console/web/stores/catching-up.ts')

describe("the page's generated files", () => {
  let files: Files
  let withoutField: Files
  const outOfDate = (texts: Files): string[] =>
    Object.entries(texts).flatMap(([path, text]) =>
      text === readFileSync(join(ROOT, path), 'utf8') ? [] : [`${path}: npm run api-types`],
    )

  beforeAll(async () => {
    const document = await buildDocumentWithoutDatabase()
    files = await pageFilesOf(document)
    withoutField = await pageFilesOf(withoutProvenUntil(document))
  })

  it('are those of the API as it is', () => {
    expect(outOfDate(files)).toEqual([])
  })

  it('are out of date as soon as an answer loses a field', () => {
    expect(outOfDate(withoutField)).toEqual([`${SCHEMA}: npm run api-types`])
  })

  it('do not compile with a page that uses a field which the API does not have', () => {
    expect(compileErrors(files[SCHEMA])).toEqual([])
    expect(compileErrors(withoutField[SCHEMA])).toEqual(
      expect.arrayContaining([expect.stringContaining('provenUntil')]),
    )
  })
})

function withoutProvenUntil(document: OpenAPIObject): OpenAPIObject {
  const { StoreFreshness, ...others } = structuredClone(document.components?.schemas ?? {})
  if (StoreFreshness === undefined || '$ref' in StoreFreshness) throw new Error('no schema of a store')
  delete StoreFreshness.properties?.['provenUntil']
  return { ...document, components: { ...document.components, schemas: { ...others, StoreFreshness } } }
}

/** Of a file of the page, with other types of the API than those on disk. */
function compileErrors(schema: string | undefined): string[] {
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ['lib.es2022.d.ts'] }
  const host = ts.createCompilerHost(options)
  const { readFile } = host
  host.readFile = (path) => (path.endsWith(SCHEMA) ? schema : readFile(path))
  const program = ts.createProgram([USER], options, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(USER))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
