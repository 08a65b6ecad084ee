import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { breakingChanges } from './compatibility'
import { list, nonEmptyText, optional, shape, text, openEnum } from './schema'
import type { Schema } from './schema'
import { MESSAGES, schemaDocumentOf } from './registry'

const FOLDER = join(__dirname, '../../schemas')
const fileOf = (type: string): string => join(FOLDER, `${type}.json`)
const published = (type: string): Schema => JSON.parse(readFileSync(fileOf(type), 'utf8')) as Schema
const asWritten = (schema: Schema): string => `${JSON.stringify(schema, null, 2)}\n`
const publishedTypes = (): string[] =>
  existsSync(FOLDER) ? readdirSync(FOLDER).map((file) => file.replace(/\.json$/, '')) : []

/** `WRITE_SCHEMAS=1` publishes what is new, unless it would break a consumer: then the type needs a new version. */
beforeAll(() => {
  if (process.env['WRITE_SCHEMAS'] !== '1') return
  mkdirSync(FOLDER, { recursive: true })
  for (const message of MESSAGES) {
    const breaks = existsSync(fileOf(message.type))
      ? breakingChanges(published(message.type), schemaDocumentOf(message))
      : []
    if (breaks.length === 0) writeFileSync(fileOf(message.type), asWritten(schemaDocumentOf(message)))
  }
})

describe('the published language', () => {
  it('still has every message that was ever published, so that no consumer is left without it', () => {
    const types = new Set(MESSAGES.map(({ type }) => type))
    expect(publishedTypes().filter((type) => !types.has(type))).toEqual([])
  })

  it.each(MESSAGES.map((message) => ({ type: message.type, message })))(
    'has not changed $type in a way that breaks a reader',
    ({ type, message }) => {
      expect(breakingChanges(published(type), schemaDocumentOf(message))).toEqual([])
    },
  )

  it.each(MESSAGES.map((message) => ({ type: message.type, message })))(
    'shows others $type as it is (else: WRITE_SCHEMAS=1)',
    ({ type, message }) => {
      expect(readFileSync(fileOf(type), 'utf8')).toBe(asWritten(schemaDocumentOf(message)))
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
    ['a field gone', shape({ a: text, c: openEnum(['x', 'y']), d: list(shape({ e: text })) }), ['/b: gone']],
    [
      'a field of another kind',
      shape({
        a: { type: 'integer' },
        b: optional(nonEmptyText),
        c: openEnum(['x', 'y']),
        d: list(shape({ e: text })),
      }),
      ['/a: type changed'],
    ],
    [
      'a field that is always wanted now',
      shape({ a: text, b: nonEmptyText, c: openEnum(['x', 'y']), d: list(shape({ e: text })) }),
      ['/b: was not always there'],
    ],
    [
      'a field that may be absent now',
      shape({ a: optional(text), b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: list(shape({ e: text })) }),
      ['/a: no longer always there'],
    ],
    [
      'a new field that is always wanted',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: list(shape({ e: text, f: text })) }),
      ['/d/*/f: was not always there'],
    ],
    [
      'a word gone',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x']), d: list(shape({ e: text })) }),
      ['/c: the word y is gone'],
    ],
    [
      'a word that is closed now',
      shape({
        a: text,
        b: optional(nonEmptyText),
        c: { type: 'string', anyOf: [{ enum: ['x', 'y'] }] },
        d: list(shape({ e: text })),
      }),
      ['/c: anyOf changed'],
    ],
    [
      'a narrower number',
      { ...before, properties: { ...(before['properties'] as object), a: { type: 'string', maxLength: 3 } } },
      ['/a: maxLength changed'],
    ],
    [
      'a list that is none any more',
      shape({ a: text, b: optional(nonEmptyText), c: openEnum(['x', 'y']), d: text }),
      ['/d: items changed', '/d: type changed'],
    ],
  ])('breaks a consumer: %s', (_what, after, said) => {
    expect(breakingChanges(before, after)).toEqual(said)
  })
})
