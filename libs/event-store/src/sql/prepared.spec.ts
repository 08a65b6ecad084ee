import { PreparingClient } from './prepared'

describe('a connection of the pool', () => {
  it('that ends in the moment in which nobody holds it does not end the process', () => {
    const client = new PreparingClient({})
    expect(client.emit('error', new Error('terminating connection due to administrator command'))).toBe(true)
  })

  it('tells whoever holds it', () => {
    const client = new PreparingClient({})
    const told: string[] = []
    client.on('error', (error) => told.push(error.message))
    client.emit('error', new Error('gone'))
    expect(told).toEqual(['gone'])
  })
})
