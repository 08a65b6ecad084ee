import fc from 'fast-check'

/** As much of an OpenAPI document as requests are made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

export interface Endpoint {
  readonly method: string
  readonly path: string
  readonly query: readonly string[]
  readonly body: Schema | undefined
}

export interface HostileRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
}

/** Operations of the document, without those that answer without end. */
export const endpointsOf = ({ paths }: ApiDocument): Endpoint[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      body: requestBody?.content['application/json']?.schema,
    })),
  )

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

const HOSTILE_VALUES: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, 2_147_483_648, '', ' ', 'x', '1', '-1', '1e400', 'null'],
  ...[
    '\0',
    'a\0b',
    '\ud800',
    '\ufeffx',
    '不想要了😀',
    "'; DROP TABLE event; --",
    '$1',
    '%00',
    '../../etc/passwd',
    '__proto__',
  ],
  ...[
    '2026-02-31T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '9'.repeat(400),
    'x'.repeat(9_000),
    '00000000-0000-4000-8000-000000000000',
  ],
  ...[
    [],
    [[]],
    [null],
    [[[1]]],
    ['a', ['b']],
    {},
    { a: 1 },
    { length: 1e9 },
    { toString: 1 },
    { constructor: { prototype: 1 } },
  ],
  ...[nested(10), nested(17), nested(300), JSON.parse('{"__proto__":{"a":1}}') as unknown],
]
const anyValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown> },
)

/** What a request to the endpoint may look like that means harm; `ids` are such as there are. */
export function hostileRequestTo(
  endpoint: Endpoint,
  document: ApiDocument,
  ids: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const id = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: anyValue.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))) },
  )
  const url = fc.tuple(fc.array(id, { minLength: 4, maxLength: 4 }), queryOf(endpoint)).map(([given, query]) => {
    const left = [...given]
    const path = endpoint.path.replace(
      /\{\w+\}/g,
      () => encodeURIComponent((left.shift() ?? 'x').toWellFormed()) || 'x',
    )
    return `${path}${query === '' ? '' : `?${query}`}`
  })
  const method = fc.oneof(
    { weight: 12, arbitrary: fc.constant(endpoint.method) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
  )
  const body = endpoint.body === undefined ? fc.constant(undefined) : bodyOf(sampleOf(endpoint.body, document))
  return fc.tuple(method, url, body, headers).map(([method, url, payload, headers]) => ({
    method,
    url,
    headers,
    ...(payload === undefined || method === 'GET' || method === 'HEAD' ? {} : { payload }),
  }))
}

const headers = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '',
          'text/plain',
          'application/json; charset=utf-16',
          'application/json,application/json',
          'image/png',
          '__proto__',
          'constructor',
          'multipart/form-data',
        ),
      },
    ),
    // Nearly always with a valid log-in.
    fc.oneof(
      { weight: 15, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Record<string, string>>(
          { cookie: '__Host-shouhou=%00' },
          { cookie: '__Host-shouhou=a; __Host-shouhou=b' },
          { cookie: '=;;' },
          { authorization: 'Bearer shk_' },
          { authorization: 'Bearer shk_00000000-0000-4000-8000-00000000000a_secretsecretsecret' },
          { authorization: '' },
        ),
      },
    ),
    fc.constantFrom('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b', '', 'x'),
  )
  .map(([type, proof, key]) => ({ 'content-type': type, 'idempotency-key': key, ...proof }))

function queryOf({ query }: Endpoint): fc.Arbitrary<string> {
  const name = fc.constantFrom(...query, ...query, ...query, 'limit', 'cursor', '__proto__', 'a[b]', '')
  const pair = fc.tuple(name, anyValue).map(([key, given]) => {
    const text = typeof given === 'string' ? given : JSON.stringify(given)
    return `${encodeURIComponent(key)}=${encodeURIComponent(text.slice(0, 2_000).toWellFormed())}`
  })
  const broken = fc.constantFrom('%', '%ff=%ff', '&&=', 'limit=1&limit=2', 'limit[]=1', 'limit=%00')
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: fc.array(pair, { minLength: 1, maxLength: 3 }).map((pairs) => pairs.join('&')) },
    { weight: 1, arbitrary: broken },
  )
}

/** Texts of bodies: a sample with some of its places replaced, another value as a whole, or what is no JSON. */
function bodyOf(samples: readonly unknown[]): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...samples)
  const altered = fc.tuple(sample, fc.array(fc.tuple(fc.nat(), anyValue), { minLength: 1, maxLength: 3 }))
  const broken = fc.constantFrom(
    '',
    '{',
    '{"a":1',
    '\ufeff{}',
    '{"a":1,"a":[]}',
    '{"__proto__":1}',
    '"x"',
    '1',
    '\0',
    '['.repeat(8_000),
    `${'['.repeat(8_000)}${']'.repeat(8_000)}`,
    'x'.repeat(20_000),
  )
  return fc.oneof(
    { weight: 2, arbitrary: sample.map((one) => JSON.stringify(one)) },
    {
      weight: 8,
      arbitrary: altered.map(([one, changes]) =>
        JSON.stringify(changes.reduce(withPlaceReplaced, structuredClone(one))),
      ),
    },
    { weight: 1, arbitrary: anyValue.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: broken },
  )
}

/** The value with the `at`-th of its places replaced: fields, elements, and the whole. */
function withPlaceReplaced(whole: unknown, [at, by]: readonly [number, unknown]): unknown {
  const places: (readonly [holder: Record<string, unknown>, key: string])[] = []
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null || places.length > 500) return
    for (const key of Object.keys(one)) {
      places.push([one as Record<string, unknown>, key])
      visit((one as Record<string, unknown>)[key])
    }
  }
  visit(whole)
  const place = places[at % (places.length + 1)]
  const copy: unknown = structuredClone(by)
  if (place === undefined) return copy
  place[0][place[1]] = copy
  return whole
}

/** Values that the schema allows, with every field; one for each form of a `oneOf`. */
export function sampleOf(schema: Schema, document: ApiDocument, depth = 0): unknown[] {
  if (depth > 6) return [null]
  const inner = (one: Schema): unknown[] => sampleOf(one, document, depth + 1)
  if (schema.$ref !== undefined) {
    const found = document.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    return found === undefined ? [null] : inner(found)
  }
  if (schema.oneOf !== undefined) return schema.oneOf.flatMap(inner)
  if (schema.allOf !== undefined) return schema.allOf.flatMap(inner)
  if (schema.enum !== undefined) return [schema.enum[0]]
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, one]) => [name, inner(one)] as const)
    const most = Math.max(1, ...fields.map(([, values]) => values.length))
    return Array.from({ length: most }, (_, i) =>
      Object.fromEntries(fields.map(([name, values]) => [name, values[i % values.length]])),
    )
  }
  if (schema.type === 'array') return [schema.items === undefined ? [] : inner(schema.items)]
  if (schema.type === 'number' || schema.type === 'integer') return [1]
  if (schema.type === 'boolean') return [true]
  if (schema.type === 'object') return [{}]
  if (schema.format === 'date-time') return ['2026-11-22T04:00:00Z']
  return [schema.format === 'uuid' ? '00000000-0000-4000-8000-00000000000a' : 'text']
}
