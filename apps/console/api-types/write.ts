/** `npm run api-types`: writes the page's generated files. */
import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDocumentWithoutDatabase } from '../src/openapi/document'
import { pageFilesOf } from './page-files'

/** Compiled, this is `dist/apps/console/api-types`. */
const ROOT = join(__dirname, '../../../..')

async function main(): Promise<void> {
  for (const [path, text] of Object.entries(await pageFilesOf(await buildDocumentWithoutDatabase()))) {
    writeFileSync(join(ROOT, path), text)
    console.log(path)
  }
}

void main()
