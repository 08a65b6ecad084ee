import { Contract, type ReceivedAnswer, type OpenApi } from '../../test/contract'
import { buildDocumentWithoutDatabase } from './document'

/** Operations that declare no answer, or one without a schema. */
const withoutAnswer = ({ paths }: OpenApi): string[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) => {
      const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
      const described = successes.every(([, { content = {} }]) => {
        const schemas = Object.values(content).map(({ schema }) => schema)
        return schemas.length > 0 && schemas.every((schema) => schema !== undefined && Object.keys(schema).length > 0)
      })
      return successes.length > 0 && described ? [] : [`${method.toUpperCase()} ${path}`]
    }),
  )

/** Schemas of `date-time` that are not of type string: /docs would make a number as the example, which the API refuses. */
function numbersForInstants(schema: unknown, at = '#'): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { format, type } = schema as { format?: unknown; type?: unknown }
  const own = format === 'date-time' && type !== 'string' ? [at] : []
  return [...own, ...Object.entries(schema).flatMap(([key, value]) => numbersForInstants(value, `${at}/${key}`))]
}

describe('the description of the API', () => {
  let document: OpenApi
  beforeAll(async () => {
    document = (await buildDocumentWithoutDatabase()) as unknown as OpenApi
  })

  it('declares what every operation answers', () => {
    expect(withoutAnswer(document)).toEqual([])
    expect(Object.values(document.paths).flatMap((path) => Object.keys(path)).length).toBeGreaterThan(50)
  })

  it('is reported where an operation declares no answer, or one without a schema', () => {
    const { '/api/meta': meta, '/api/stores': stores, ...paths } = structuredClone(document.paths)
    const withoutSchema = { get: { ...meta?.['get'], responses: { '200': { content: {} }, default: {} } } }
    const withEmptySchema = {
      get: { ...stores?.['get'], responses: { '200': { content: { 'application/json': {} } } } },
    }
    expect(
      withoutAnswer({ ...document, paths: { ...paths, '/api/meta': withoutSchema, '/api/stores': withEmptySchema } }),
    ).toEqual(['GET /api/meta', 'GET /api/stores'])
  })

  it('declares every instant as a text', () => {
    expect(numbersForInstants(document)).toEqual([])
    expect(numbersForInstants({ from: { type: 'number', format: 'date-time' } })).toEqual(['#/from'])
  })

  it('groups every operation under a tag that is described, and names it in a few words', () => {
    const { tags = [], paths } = document as OpenApi & { tags?: { name: string; description: string }[] }
    const described = new Set(tags.filter(({ description }) => description !== '').map(({ name }) => name))
    const operations = Object.values(paths).flatMap((path) => Object.values(path)) as unknown as {
      summary: string
      tags: string[]
    }[]
    expect(operations.filter((one) => one.tags.length !== 1 || !described.has(one.tags[0] ?? ''))).toEqual([])
    expect(operations.map(({ summary }) => summary).filter((summary) => !/^[A-Z][^.]{3,60}$/.test(summary))).toEqual([])
    expect(new Set(operations.map(({ summary }) => summary)).size).toBe(operations.length)
  })

  it('refers to no schema that is not there, and declares none that is referred to nowhere', () => {
    const text = JSON.stringify(document)
    const referred = [...text.matchAll(/#\/components\/schemas\/(\w*)/g)].map(([, name]) => name ?? '')
    expect(Object.keys(document.components.schemas).sort()).toEqual([...new Set(referred)].sort())
  })
})

describe('Contract', () => {
  let contract: Contract
  beforeAll(async () => {
    contract = new Contract((await buildDocumentWithoutDatabase()) as unknown as OpenApi)
  })

  const COUNTS = {
    now: '2026-11-22T04:00:00.000Z',
    turns: { us: 1, buyer: 0, platform: 0, carrier: 0, nobody: 0 },
    dueSoon: 1,
    overdue: 0,
  }
  const answer = (body: unknown, more: Partial<ReceivedAnswer> = {}): ReceivedAnswer => ({
    method: 'GET',
    url: '/api/queue/counts?kind=exchange',
    status: 200,
    type: 'application/json; charset=utf-8',
    text: JSON.stringify(body),
    ...more,
  })
  const problem = (code: string, more: object = {}, status = 400): ReceivedAnswer =>
    answer(
      { type: 'about:blank', title: 'T', status, code, detail: 'D', ...more },
      { status, type: 'application/problem+json; charset=utf-8' },
    )

  it('accepts an answer that is as its operation declares', () => {
    expect(contract.mismatch(answer(COUNTS))).toBeUndefined()
    expect(contract.mismatch(problem('not-understood'))).toBeUndefined()
    expect(contract.mismatch(problem('in-use', {}, 503))).toBeUndefined()
    expect(contract.operationOf('GET', '/api/queue/counts?kind=exchange')).toBe('GET /api/queue/counts')
    expect(contract.operationOf('GET', '/api/strategies/grants')).toBe('GET /api/strategies/grants')
    expect(contract.operationOf('GET', '/api/strategies/7')).toBe('GET /api/strategies/{id}')
    expect(contract.operationOf('DELETE', '/api/queue')).toBeUndefined()
  })

  it.each<[string, ReceivedAnswer, RegExp]>([
    ['a field that is not declared', answer({ ...COUNTS, late: 1 }), /additional properties/],
    ['a missing field', answer({ ...COUNTS, overdue: undefined }), /required property 'overdue'/],
    ['null where it is not declared', answer({ ...COUNTS, overdue: null }), /overdue must be integer/],
    ['a fraction', answer({ ...COUNTS, overdue: 0.5 }), /overdue must be integer/],
    ['a time that is not in UTC', answer({ ...COUNTS, now: '2026-11-22T12:00:00+08:00' }), /format "date-time"/],
    ['a nested field that is not declared', answer({ ...COUNTS, turns: { ...COUNTS.turns, me: 1 } }), /turns must NOT/],
    ['a status that is not declared', answer(COUNTS, { status: 201 }), /does not declare the status 201/],
    ['a content type that is not declared', answer(COUNTS, { type: 'text/html' }), /does not declare text\/html/],
    ['the code of another problem', problem('search-by-one'), /code must be equal to one of the allowed values/],
    ['a problem that not every operation has', problem('conflict', {}, 409), /does not declare .*conflict/],
    ['a problem with a field that is not declared', problem('not-understood', { stack: 'x' }), /additional properties/],
  ])('reports an answer with %s', (_name, given, mismatch) => {
    expect(contract.mismatch(given)).toMatch(mismatch)
  })
})
