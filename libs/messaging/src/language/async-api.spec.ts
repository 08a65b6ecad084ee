import Ajv from 'ajv'
import schema from '@asyncapi/specs/schemas/3.0.0-without-$id.json'
import { TOPICS } from '../topics'
import { asyncApiDocument } from './async-api'
import { MESSAGES } from './registry'

/** The official schema of AsyncAPI 3.0. */
const isDocument = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema)

const flawsOf = (document: unknown): string[] =>
  isDocument(document) ? [] : (isDocument.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)

/** Every `$ref` in it, with whether something stands there. */
function danglingIn(document: Readonly<Record<string, unknown>>): string[] {
  const references: string[] = []
  JSON.stringify(document, (key, value: unknown) => {
    if (key === '$ref') references.push(value as string)
    return value
  })
  const found = (reference: string): unknown =>
    reference
      .slice(2)
      .split('/')
      .reduce<unknown>((place, part) => (place as Record<string, unknown> | undefined)?.[part], document)
  return references.filter((reference) => found(reference) === undefined)
}

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument({ prefix: 'ours.', brokers: ['127.0.0.1:9092'] })

  it('is one, by the schema of AsyncAPI 3.0', () => {
    expect(flawsOf(document)).toEqual([])
    expect(danglingIn(document)).toEqual([])
  })

  it('is rejected when it is broken', () => {
    expect(flawsOf({ ...document, info: { title: 'no version' } })).not.toEqual([])
    expect(danglingIn({ a: { $ref: '#/b/c' } })).toEqual(['#/b/c'])
  })

  it('has every topic and every message', () => {
    const { channels, components } = document as {
      channels: Record<string, { address: string; messages: object }>
      components: { messages: object }
    }
    expect(Object.values(channels).map(({ address }) => address)).toEqual(
      Object.keys(TOPICS).map((topic) => `ours.${topic}`),
    )
    expect(Object.keys(components.messages)).toEqual(MESSAGES.map(({ type }) => type))
    expect(Object.values(channels).flatMap(({ messages }) => Object.keys(messages))).toEqual(
      MESSAGES.map(({ type }) => type),
    )
  })
})
