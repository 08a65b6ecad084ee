/** `npm run analytics -- catalogue`: writes the files that are generated from the catalogue of metrics (`libs/analytics`). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CATALOGUE_FILES } from '#analytics'

const USAGE = `npm run analytics -- catalogue  writes ${Object.keys(CATALOGUE_FILES).join(' and ')}`
// From `dist/apps/worker/src/analytics`.
const ROOT = join(__dirname, '../../../../..')

function main(words: readonly string[]): void {
  if (words.join(' ') !== 'catalogue') throw new Error(USAGE)
  for (const [path, text] of Object.entries(CATALOGUE_FILES)) writeFileSync(join(ROOT, path), text())
}

try {
  main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
