import { Unsealable, UnusableSettings } from '#access'
import { startupErrorMessage } from './startup-error'

const failing = (message: string, code?: string): Error => Object.assign(new Error(message), { code })
const said = (line: string): string => `These settings cannot be used:\n  - ${line}`

describe('an operator who starts a process', () => {
  it.each([
    [
      'that a setting cannot be used',
      new UnusableSettings(['PORT: must be a port number']),
      'PORT: must be a port number',
    ],
    [
      'that the database was sealed with another key',
      new Unsealable(),
      'SHOUHOU_KEY: is not the key that this database is sealed with',
    ],
    [
      'that no server answers at the database’s address',
      failing('connect ECONNREFUSED 10.0.0.7:5432', 'ECONNREFUSED'),
      'DATABASE_URL: no PostgreSQL answers there (ECONNREFUSED)',
    ],
    [
      'that the password is wrong, without its user',
      failing('password authentication failed for user "lin"', '28P01'),
      'DATABASE_URL: is refused by PostgreSQL (user or password)',
    ],
    [
      'that there is no such database',
      failing('database "x" does not exist', '3D000'),
      'DATABASE_URL: is refused by PostgreSQL (there is no such database)',
    ],
    [
      'that the server is not ready yet',
      failing('the database system is starting up', '57P03'),
      'DATABASE_URL: is refused by PostgreSQL (it is starting or shutting down)',
    ],
    [
      'which port is taken',
      failing('listen EADDRINUSE: address already in use 127.0.0.1:8081', 'EADDRINUSE'),
      'EADDRINUSE: address already in use 127.0.0.1:8081: this port is not available; choose another',
    ],
    ['that the clock is away', new TypeError('fetch failed'), 'SHOUHOU_CLOCK: no clock answers there'],
  ])('is shown %s', (_, error, line) => {
    expect(startupErrorMessage(error)).toBe(said(line))
  })

  it('is shown the stack of a bug', () => {
    expect(startupErrorMessage(new RangeError('a mistake'))).toMatch(/^RangeError: a mistake\n {4}at /)
    expect(startupErrorMessage('thrown')).toBe('thrown')
  })
})
