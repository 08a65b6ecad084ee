/** The lint rules that need the compiler's types, under ESLint's names: those of `oxlint.json`. */
import { readFileSync } from 'node:fs'

const { rules } = JSON.parse(readFileSync(new URL('oxlint.json', import.meta.url), 'utf8'))

export const TYPED_RULES = Object.fromEntries(
  Object.entries(rules).map(([name, setting]) => [name.replace('typescript/', '@typescript-eslint/'), setting]),
)
