import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenAPIObject } from '@nestjs/swagger'
import { describeWithoutDatabase } from '../src/openapi/document'
import { pageFilesOf } from './page-files'

const ROOT = join(__dirname, '../../..')

describe("the page's generated files", () => {
  let document: OpenAPIObject
  let files: Readonly<Record<string, string>>
  const onDisk = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
  const outOfDate = (texts: Readonly<Record<string, string>>): string[] =>
    Object.entries(texts).flatMap(([path, text]) => (text === onDisk(path) ? [] : [`${path}: npm run api-types`]))

  beforeAll(async () => {
    document = await describeWithoutDatabase()
    files = await pageFilesOf(document)
  })

  it('are those of the API as it is', () => {
    expect(outOfDate(files)).toEqual([])
  })

  it('are out of date as soon as an answer loses a field', async () => {
    const { CaseRow, ...others } = structuredClone(document.components?.schemas ?? {})
    if (CaseRow === undefined || '$ref' in CaseRow) throw new Error('no schema of a row')
    delete CaseRow.properties?.['riskFen']
    const changed = { ...document, components: { ...document.components, schemas: { ...others, CaseRow } } }
    expect(outOfDate(await pageFilesOf(changed))).toEqual(['apps/console/web/api/schema.ts: npm run api-types'])
  })
})
