import Ajv from 'ajv'
import schema from '@asyncapi/specs/schemas/3.0.0-without-$id.json'
import { MESSAGES } from '#messaging'
import type { Stack } from '../../test/stack'
import { openStack } from '../../test/stack'

let stack: Stack
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack.close())

describe('the description of the Kafka events', () => {
  it('is served as an AsyncAPI document, valid by the official schema, with every message', async () => {
    const { status, type, body } = await stack.get('/asyncapi.json')
    expect([status, type]).toEqual([200, 'application/json; charset=utf-8'])
    const isDocument = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema)
    expect(isDocument(body) ? [] : isDocument.errors).toEqual([])
    expect(Object.keys((body['components'] as { messages: object }).messages)).toEqual(
      MESSAGES.map((message) => message.type),
    )
  })

  it('is linked from the description of the API', async () => {
    const { body } = await stack.get('/openapi.json')
    expect((body['info'] as { description: string }).description).toContain('/asyncapi.json')
    expect(Object.keys(body['paths'] as object)).toContain('/asyncapi.json')
  })
})

describe('the health checks of the console', () => {
  it('say that it is alive and ready', async () => {
    expect(await stack.get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } })
    expect(await stack.get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
  })

  it('say that it is not ready while the tables are older than the code', async () => {
    await stack.database.query(`UPDATE migrations SET name = name || ' of another' WHERE name LIKE 'Foundations%'`)
    const detail = async (): Promise<unknown> => (await stack.get('/readyz')).body['detail']
    expect(await detail()).toBe('The tables are older than the code.')
    await stack.database.query(`UPDATE migrations SET name = replace(name, ' of another', '')`)
    expect(await detail()).toBeUndefined()
  })
})
