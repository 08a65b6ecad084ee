/** Lint rules for what the compiler does not check, above all forgotten promises. */
import tseslint from 'typescript-eslint'
import { TYPED_RULES } from './typed-rules.mjs'

const notALostUpdate = {
  selector: 'AssignmentExpression[operator=/^[-+*\\x2F]=$/] AwaitExpression',
  message:
    'The old value is read before the wait and written after it: whatever changed meanwhile is lost. Await first.',
}
const noInterpolatedSql = {
  selector:
    'CallExpression[callee.property.name=/^(query|execute)$/] > TemplateLiteral > *.expressions:not(Identifier[name=/^[A-Z][A-Z0-9_]*$/])',
  message: 'SQL takes values as parameters; only CONSTANTS may be put into its text.',
}

const pureModel = [
  [
    'MemberExpression[object.name="Date"][property.name="now"], NewExpression[callee.name="Date"][arguments.length=0]',
    'Time comes in as an argument.',
  ],
  [
    'MemberExpression[object.name="Math"][property.name="random"], Identifier[name="crypto"]',
    'Ids and chance come in as arguments.',
  ],
  [':function[async=true], AwaitExpression, Identifier[name="Promise"]', 'The model never waits.'],
  [
    'Identifier[name=/^(process|fetch|console|setTimeout|setInterval|setImmediate|queueMicrotask|require)$/]',
    'The model touches nothing outside.',
  ],
].map(([selector, message]) => ({ selector, message }))

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.cache/**', '.data/**', 'apps/console/web/api/schema.ts'] },
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts', 'test/**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...TYPED_RULES,
      'no-restricted-syntax': ['error', notALostUpdate, noInterpolatedSql],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-debugger': 'error',
      'no-fallthrough': 'error',
      'no-unsafe-finally': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    // Nest and class-validator read the classes at run time, so an import that looks like a type may not be one.
    files: ['apps/**/*.{controller,module,request,answer,dto}.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // The model: no clock, no randomness, no waiting, no world.
    files: ['libs/after-sale/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', notALostUpdate, noInterpolatedSql, ...pureModel] },
  },
  {
    // Tests build databases and tables, whose names cannot be parameters.
    files: ['test/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', notALostUpdate], '@typescript-eslint/no-unused-expressions': 'error' },
  },
)
