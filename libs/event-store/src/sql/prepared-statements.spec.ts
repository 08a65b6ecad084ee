import { PreparingClient } from './prepared-statements'

describe('a connection of the pool', () => {
  it('does not end the process when it breaks while it has no user', () => {
    const client = new PreparingClient({})
    expect(client.emit('error', new Error('terminating connection due to administrator command'))).toBe(true)
  })

  it('reports the error to its user', () => {
    const client = new PreparingClient({})
    const reported: string[] = []
    client.on('error', (error) => reported.push(error.message))
    client.emit('error', new Error('gone'))
    expect(reported).toEqual(['gone'])
  })
})
