import Ajv from 'ajv'
import schema from '@asyncapi/specs/schemas/3.0.0-without-$id.json'
import { TOPICS } from '../topics'
import { asyncApiDocument } from './async-api'
import { MESSAGES } from './registry'

/** The official schema of AsyncAPI 3.0. */
const isAsyncApi = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema)

const errorsOf = (document: unknown): string[] =>
  isAsyncApi(document) ? [] : (isAsyncApi.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)

/** Every `$ref` in the document that points to nothing. */
function danglingReferencesOf(document: Readonly<Record<string, unknown>>): string[] {
  const references: string[] = []
  JSON.stringify(document, (key, value: unknown) => {
    if (key === '$ref') references.push(value as string)
    return value
  })
  const resolve = (reference: string): unknown =>
    reference
      .slice(2)
      .split('/')
      .reduce<unknown>((place, part) => (place as Record<string, unknown> | undefined)?.[part], document)
  return references.filter((reference) => resolve(reference) === undefined)
}

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument({ prefix: 'ours.', brokers: ['127.0.0.1:9092'] })

  it('is valid by the official schema of AsyncAPI 3.0', () => {
    expect(errorsOf(document)).toEqual([])
    expect(danglingReferencesOf(document)).toEqual([])
  })

  it('is found to be invalid if a field is missing or a reference points to nothing', () => {
    expect(errorsOf({ ...document, info: { title: 'no version' } })).not.toEqual([])
    expect(danglingReferencesOf({ a: { $ref: '#/b/c' } })).toEqual(['#/b/c'])
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
