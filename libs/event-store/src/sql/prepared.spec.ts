import { PreparingClient } from './prepared'

describe('a connection of the pool', () => {
  it('that ends while no client holds it does not end the process', () => {
    const client = new PreparingClient({})
    expect(client.emit('error', new Error('terminating connection due to administrator command'))).toBe(true)
  })

  it('reports the error to its holder', () => {
    const client = new PreparingClient({})
    const reported: string[] = []
    client.on('error', (error) => reported.push(error.message))
    client.emit('error', new Error('gone'))
    expect(reported).toEqual(['gone'])
  })
})
