/** The checkout as the architecture tests see it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(__dirname, '..', '..')

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Folders made by tools, or not part of the project. */
const IGNORED_FOLDERS = new Set(['.git', 'node_modules', 'dist', '.cache', '.data', 'coverage'])

export function listFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !IGNORED_FOLDERS.has(name) && !name.endsWith('.log'))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      return entry.isDirectory() ? listFiles(path) : entry.isFile() ? [path] : []
    })
}

export function readSources(endings: RegExp): SourceFile[] {
  return listFiles()
    .filter((path) => endings.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}
