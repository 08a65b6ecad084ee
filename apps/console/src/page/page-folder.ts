import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the built page: the given one, or where the build puts it, seen from the sources and from `dist`. */
export const pageFolderOf = (given?: string): string | undefined =>
  [given, join(__dirname, '../../web/dist'), join(__dirname, '../../../../../apps/console/web/dist')].find(
    (folder) => folder !== undefined && existsSync(join(folder, 'index.html')),
  )
