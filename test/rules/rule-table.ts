import { rulesNamedIn } from './named-rules'
import { testTitlesOf } from './test-titles'

/** A file of tests. `path` from the root, with forward slashes. */
export interface SpecFile {
  readonly path: string
  readonly text: string
}

/** What proves or explains a rule. Tests come first; a rule may have a text beside them. */
export interface RuleRow {
  readonly id: string
  readonly title: string
  /** Path and lines of the tests whose title names it. */
  readonly tests: readonly { readonly path: string; readonly lines: readonly number[] }[]
  /** A text template shows it to people. */
  readonly template?: string
  /** It has no place in the gateway, because of this. */
  readonly outside?: string
}

/** The places where rules are looked for. */
export interface RulePlaces {
  readonly titles: ReadonlyMap<string, string>
  readonly specs: readonly SpecFile[]
  /** By id: the title of the text. */
  readonly templates: Readonly<Record<string, string>>
  /** By id: the reason. */
  readonly outside: Readonly<Record<string, string>>
}

/** Every rule of the catalogue with what proves it, in order. */
export function ruleRows({ titles, specs, templates, outside }: RulePlaces): RuleRow[] {
  const proofs = proofsIn(specs)
  return [...titles].map(([id, title]) => ({
    id,
    title,
    tests: proofs.get(id) ?? [],
    ...(templates[id] === undefined ? {} : { template: templates[id] }),
    ...(outside[id] === undefined ? {} : { outside: outside[id] }),
  }))
}

export const isOpen = ({ tests, template, outside }: RuleRow): boolean =>
  tests.length === 0 && template === undefined && outside === undefined

/** Ids that tests, templates or reasons name but the catalogue does not have, which are typing errors. */
export function unknownRulesIn({ titles, specs, templates, outside }: RulePlaces): string[] {
  const fromTests = [...proofsIn(specs).entries()].map(([id, [first]]) => [id, first?.path ?? ''] as const)
  const fromTexts = [...Object.keys(templates), ...Object.keys(outside)].map((id) => [id, 'the texts'] as const)
  return [...fromTests, ...fromTexts].filter(([id]) => !titles.has(id)).map(([id, place]) => `${id} in ${place}`)
}

function proofsIn(specs: readonly SpecFile[]): Map<string, { path: string; lines: number[] }[]> {
  const proofs = new Map<string, { path: string; lines: number[] }[]>()
  for (const { path, text } of specs) {
    if (!/R\d{3}/.test(text)) continue
    for (const { line, title } of testTitlesOf(text))
      for (const id of rulesNamedIn(title)) {
        const places = proofs.get(id) ?? []
        proofs.set(id, places)
        const place = places.at(-1)
        if (place?.path !== path) places.push({ path, lines: [line] })
        else if (!place.lines.includes(line)) place.lines.push(line)
      }
  }
  return proofs
}
