/**
 * `eslint.config.mjs` without the rules that need types, which `npm test` leaves to oxlint: over the whole tree it takes a
 * fraction of the processor time. Editors use the other one, which has all rules.
 */
import { TYPED_RULES } from './typed-rules.mjs'
import config from './eslint.config.mjs'

const untyped = ({ languageOptions, rules, ...block }) => ({
  ...block,
  ...(rules && { rules: Object.fromEntries(Object.entries(rules).filter(([name]) => !(name in TYPED_RULES))) }),
  // With types, `consistent-type-imports` reads these two from tsconfig.json.
  ...(languageOptions && {
    languageOptions: {
      ...languageOptions,
      parserOptions: { projectService: false, experimentalDecorators: true, emitDecoratorMetadata: true },
    },
  }),
})

export default config.map(untyped)
