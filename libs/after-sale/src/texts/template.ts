import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'

/**
 * A text for the buyer or the platform, in Chinese, because that is what they read. `{name}` is a placeholder for a
 * value that the sender must give; the body itself defines which ones there are.
 */
export interface TextTemplate {
  readonly rules: readonly RuleId[]
  readonly title: Term
  readonly body: string
}

/** A filled text, or the names of what is missing: half a text is never sent. */
export type FillResult =
  { readonly type: 'filled'; readonly text: string } | { readonly type: 'missing'; readonly values: readonly string[] }

const PLACEHOLDER = /\{([a-z]{1,20})\}/g

/** The names of the values that a template asks for, in the order of the text, each once. */
export const valuesOf = ({ body }: Pick<TextTemplate, 'body'>): readonly string[] => [
  ...new Set(Array.from(body.matchAll(PLACEHOLDER), (found) => found[1] ?? '')),
]

/** Fills a template. Braces inside a value are kept as they are: user input is not expanded again. */
export function fill(template: Pick<TextTemplate, 'body'>, values: Readonly<Record<string, string>>): FillResult {
  const valueOf = (name: string): string => (Object.hasOwn(values, name) ? (values[name] ?? '').trim() : '')
  const missing = valuesOf(template).filter((name) => valueOf(name) === '')
  if (missing.length > 0) return { type: 'missing', values: missing }
  return { type: 'filled', text: template.body.replace(PLACEHOLDER, (_hole, name: string) => valueOf(name)) }
}
