import ts from 'typescript'

/** The title of a test, or of a group of tests, and where it stands. */
export interface TestTitle {
  readonly line: number
  readonly title: string
}

const TESTS = new Set(['describe', 'it', 'test'])
/** Ways to write a test that does not run. */
const ASLEEP = new Set(['skip', 'todo', 'failing'])
/** A title that begins with the first value of each row, or with one of its keys: `%s: …`, `$rule: …`. */
const FROM_ROW = /^(?:%[sjpo]|\$(\w+))/

/**
 * Titles of the tests that run: what a `describe`, an `it` or a `test` is called, not what comments say. A title that
 * begins with a value of its table is filled in for every row that is written there as a plain text.
 */
export function testTitlesOf(text: string): TestTitle[] {
  const file = ts.createSourceFile('a.spec.ts', text, ts.ScriptTarget.ES2022, false)
  const found: TestTitle[] = []
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const test = testOf(node.expression)
      // Tests in a skipped group do not run either.
      if (test === 'asleep') return
      const title = test === undefined ? undefined : plainText(node.arguments[0])
      if (test !== undefined && title !== undefined) {
        const { line } = file.getLineAndCharacterOfPosition(node.arguments[0]?.getStart(file) ?? 0)
        for (const filled of [title, ...fillingsOf(title, test.table)]) found.push({ line: line + 1, title: filled })
      }
    }
    ts.forEachChild(node, look)
  }
  look(file)
  return found
}

/** `it`, `it.each(table)`, `describe.only` … of what is called; `undefined`: no test. */
function testOf(called: ts.Expression): { readonly table?: ts.Expression } | 'asleep' | undefined {
  if (ts.isIdentifier(called)) {
    if (/^x(?:describe|it|test)$/.test(called.text)) return 'asleep'
    return TESTS.has(called.text) ? {} : undefined
  }
  if (ts.isPropertyAccessExpression(called)) {
    const of = testOf(called.expression)
    return of !== undefined && ASLEEP.has(called.name.text) ? 'asleep' : of
  }
  if (
    !ts.isCallExpression(called) ||
    !ts.isPropertyAccessExpression(called.expression) ||
    called.expression.name.text !== 'each'
  )
    return undefined
  const of = testOf(called.expression)
  const [table] = called.arguments
  return of === undefined || of === 'asleep' || table === undefined ? of : { table }
}

function fillingsOf(title: string, table: ts.Expression | undefined): string[] {
  const match = FROM_ROW.exec(title)
  if (match === null || table === undefined || !ts.isArrayLiteralExpression(table)) return []
  const [, key] = match
  return table.elements.flatMap((row) => {
    const value =
      key === undefined
        ? plainText(ts.isArrayLiteralExpression(row) ? row.elements[0] : row)
        : plainText(member(row, key))
    return value === undefined ? [] : [value]
  })
}

function member(row: ts.Expression, key: string): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(row)) return undefined
  for (const property of row.properties)
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === key)
      return property.initializer
  return undefined
}

const plainText = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
