/** The rules as this checkout has them: its tests, its text templates, its reasons. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { KNOWLEDGE } from './knowledge/knowledge'
import { OUTSIDE } from './knowledge/out-of-scope'
import { TEMPLATES } from '#after-sale'
import type { RulePlaces, SpecFile } from './rule-table'
import { TITLES } from './rule-titles'

const FOLDERS = ['libs', 'apps', 'test']
const LEFT_OUT = new Set(['node_modules', 'dist'])

export function placesOf(root: string): RulePlaces {
  return {
    titles: TITLES,
    specs: FOLDERS.flatMap((folder) => specsIn(root, folder)),
    templates: { ...written(), ...mapped(KNOWLEDGE, ({ title }) => title.en) },
    outside: mapped(OUTSIDE, ({ en }) => en),
  }
}

function specsIn(root: string, folder: string): SpecFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : specsIn(root, path)
    return entry.name.endsWith('.spec.ts') ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}

/** The texts that are sent, each under the rules that it stands for. */
const written = (): Record<string, string> =>
  Object.fromEntries(Object.values(TEMPLATES).flatMap(({ rules, title }) => rules.map((id) => [id, title.en])))

const mapped = <T>(table: Readonly<Partial<Record<string, T>>>, word: (value: T) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(table).flatMap(([id, value]) => (value === undefined ? [] : [[id, word(value)]])))
