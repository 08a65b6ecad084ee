import { type Stack, openStack } from '../../test/stack'

let stack: Stack
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack.close())

const damage = (table: string, column: string, id: number): Promise<unknown> =>
  stack.database.query(
    `UPDATE ${table} SET ${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1) WHERE id = $1`,
    [id],
  )
const troubles = async (): Promise<unknown[]> =>
  ((await stack.get('/api/stores')).body.items as { store: { name: string }; trouble: string | null }[]).map(
    ({ store, trouble }) => [store.name, trouble],
  )

describe('a value that cannot be decrypted (fault A3)', () => {
  it('is reported at the store whose tokens or whose app’s secret it is, and at no other', async () => {
    const [first, second] = stack.ours.stores
    expect(await troubles()).toEqual([
      ['Shop 100', null],
      ['Shop 200', null],
    ])
    await damage('store', 'refresh_token', first.id)
    await damage('app', 'secret', second.app.id)
    await damage('app', 'secret', stack.theirs.store.app.id)
    stack.forgetStores()
    expect(await troubles()).toEqual([
      ['Shop 100', "the store's tokens cannot be opened with the keys given; register it again"],
      ['Shop 200', "the app's secret cannot be opened with the keys given; register it again"],
    ])
  })

  it('is answered 422 with the reason when it is a message, not 500', async () => {
    const id = await stack.message(stack.ours.stores[0], 'push', '{"a":1}')
    expect(await stack.get(`/api/messages/${id}`)).toMatchObject({ status: 200, body: { text: '{"a":1}' } })
    await damage('message', 'raw', id)
    expect(await stack.get(`/api/messages/${id}`)).toMatchObject({
      status: 422,
      body: {
        detail: 'This cannot be decrypted: this value was not sealed with this key, for this organisation and place.',
        trouble: 'unreadable',
      },
    })
  })
})
