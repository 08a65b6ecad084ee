import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { breakingChanges } from './compatibility'
import { list, nonEmptyText, optional, shape, text, openEnum } from './schema'
import type { Schema } from './schema'
import { MESSAGES, schemaDocumentOf } from './registry'

const FOLDER = join(__dirname, '../../schemas')
const fileOf = (type: string): string => join(FOLDER, `${type}.json`)
const publishedSchema = (type: string): Schema => JSON.parse(readFileSync(fileOf(type), 'utf8')) as Schema
const fileContentOf = (schema: Schema): string => `${JSON.stringify(schema, null, 2)}\n`
const publishedTypes = (): string[] =>
  existsSync(FOLDER) ? readdirSync(FOLDER).map((file) => file.replace(/\.json$/, '')) : []

/** `WRITE_SCHEMAS=1` publishes what is new, unless it would break a consumer: then the type needs a new version. */
beforeAll(() => {
  if (process.env['WRITE_SCHEMAS'] !== '1') return
  mkdirSync(FOLDER, { recursive: true })
  for (const message of MESSAGES) {
    const breaking = existsSync(fileOf(message.type))
      ? breakingChanges(publishedSchema(message.type), schemaDocumentOf(message))
      : []
    if (breaking.length === 0) writeFileSync(fileOf(message.type), fileContentOf(schemaDocumentOf(message)))
  }
})

describe('the published language', () => {
  it('still has every message type that was ever published', () => {
    const types = new Set(MESSAGES.map(({ type }) => type))
    expect(publishedTypes().filter((type) => !types.has(type))).toEqual([])
  })

  it.each(MESSAGES.map((message) => ({ type: message.type, message })))(
    'has not changed $type in a way that breaks a consumer',
    ({ type, message }) => {
      expect(breakingChanges(publishedSchema(type), schemaDocumentOf(message))).toEqual([])
    },
  )

  it.each(MESSAGES.map((message) => ({ type: message.type, message })))(
    'has an up-to-date schema file for $type (if not: run this with WRITE_SCHEMAS=1)',
    ({ type, message }) => {
      expect(readFileSync(fileOf(type), 'utf8')).toBe(fileContentOf(schemaDocumentOf(message)))
    },
  )
})

describe('a change of a schema', () => {
  const before = shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: list(shape({ e: text })) })

  it.each<readonly [string, Schema]>([
    [
      'a new optional field',
      shape({
        a: text,
        b: optional(nonEmptyText),
        c: openEnum(['x', 'y']),
        d: list(shape({ e: text, f: optional(text) })),
      }),
    ],
    [
      'a new word',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x', 'y', 'z']), d: list(shape({ e: text })) }),
    ],
    ['another explanation', { ...before, description: 'better said' }],
  ])('is compatible: %s', (_what, after) => {
    expect(breakingChanges(before, after)).toEqual([])
  })

  it.each<readonly [string, Schema, string[]]>([
    ['a removed field', shape({ a: text, c: openEnum(['x', 'y']), d: list(shape({ e: text })) }), ['/b: gone']],
    [
      'a field of another type',
      shape({
        a: { type: 'integer' },
        b: optional(nonEmptyText),
        c: openEnum(['x', 'y']),
        d: list(shape({ e: text })),
      }),
      ['/a: type changed'],
    ],
    [
      'an optional field that becomes required',
      shape({ a: text, b: nonEmptyText, c: openEnum(['x', 'y']), d: list(shape({ e: text })) }),
      ['/b: was not always there'],
    ],
    [
      'a required field that becomes optional',
      shape({ a: optional(text), b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: list(shape({ e: text })) }),
      ['/a: no longer always there'],
    ],
    [
      'a new required field',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: list(shape({ e: text, f: text })) }),
      ['/d/*/f: was not always there'],
    ],
    [
      'a removed word',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x']), d: list(shape({ e: text })) }),
      ['/c: the word y is gone'],
    ],
    [
      'an open enum that is closed',
      shape({
        a: text,
        b: optional(nonEmptyText),
        c: { type: 'string', anyOf: [{ enum: ['x', 'y'] }] },
        d: list(shape({ e: text })),
      }),
      ['/c: anyOf changed'],
    ],
    [
      'a text with a new length limit',
      { ...before, properties: { ...(before['properties'] as object), a: { type: 'string', maxLength: 3 } } },
      ['/a: maxLength changed'],
    ],
    [
      'a list that becomes a text',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: text }),
      ['/d: items changed', '/d: type changed'],
    ],
  ])('breaks a consumer: %s', (_what, after, changes) => {
    expect(breakingChanges(before, after)).toEqual(changes)
  })
})
