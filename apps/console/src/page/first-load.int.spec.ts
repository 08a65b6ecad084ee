import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pageFolderOf } from './page-folder'

/** kB, gzip: all that the browser loads before the queue is usable. Filters, menus and the other screens come later. */
const LIMIT = 300

it('the first screen loads no more than its limit', () => {
  const folder = pageFolderOf()
  if (folder === undefined) throw new Error('the page is not built')
  const read = (file: string): Buffer => readFileSync(join(folder, file))
  const files = new Set(
    read('index.html')
      .toString('utf8')
      .match(/assets\/[^"]+/g),
  )
  const sizes = [...files].map((file) => gzipSync(read(file)).length / 1000)
  const total = Math.round(sizes.reduce((sum, size) => sum + size, 0))
  process.stdout.write(`first load: ${total} of ${LIMIT} kB, ${files.size} files\n`)
  expect(files.size).toBeGreaterThan(2)
  expect(total).toBeGreaterThan(LIMIT / 2)
  expect(total).toBeLessThanOrEqual(LIMIT)
})
