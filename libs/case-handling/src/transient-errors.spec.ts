import { ConnectionIsNotSetError, QueryRunnerAlreadyReleasedError } from 'typeorm'
import { QueryRunnerProviderAlreadyReleasedError } from 'typeorm'
import { Overloaded, ConcurrentWrite } from '#event-store'
import { isTransient } from './transient-errors'

const withCode = (code: string, fields: object = {}): Error =>
  Object.assign(new Error('reported by the database'), { code, ...fields })
const wrappedByTypeorm = (driverError: Error): Error => Object.assign(new Error(driverError.message), { driverError })

describe('isTransient', () => {
  it.each<[string, unknown]>([
    ['a concurrent writer was first', new ConcurrentWrite()],
    ['too many wait', new Overloaded()],
    ['an event of that number is there already', withCode('23505', { constraint: 'event_pkey' })],
    ['a case of that number is there already', wrappedByTypeorm(withCode('23505', { constraint: 'stream_pkey' }))],
    ['a deadlock', withCode('40P01')],
    ['a serialization failure', withCode('40001')],
    ['the connection failed', withCode('08006')],
    ['too many connections', withCode('53300')],
    ['the disk is full', withCode('53100')],
    ['a lock was not available', withCode('55P03')],
    ['the server shuts down', withCode('57P01')],
    ['the server starts up', wrappedByTypeorm(withCode('57P03'))],
    ['the statement took too long', withCode('57014')],
    ['the disk cannot be read', withCode('58030')],
    ['connection refused', withCode('ECONNREFUSED')],
    ['connection refused, on both addresses', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })],
    ['the connection was reset', withCode('ECONNRESET')],
    ['the connection was closed while writing', withCode('EPIPE')],
    ['the network is unreachable', withCode('ENETUNREACH')],
    ['the host is unreachable', withCode('EHOSTUNREACH')],
    ['the name cannot be resolved', withCode('ENOTFOUND')],
    ['the connection ended', new Error('Connection terminated unexpectedly')],
    ['no connection became available in time', new Error('timeout exceeded when trying to connect')],
    ['the connection broke before', new Error('Client has encountered a connection error and is not queryable')],
    ['the connection was closed before', new Error('Client was closed and is not queryable')],
    ['the connection broke between two statements', new QueryRunnerAlreadyReleasedError()],
    ['the connection broke within a transaction', new QueryRunnerProviderAlreadyReleasedError()],
    ['the pool is not open any more', new ConnectionIsNotSetError('postgres')],
    ['a timeout', new Error('Query read timeout')],
  ])('a retry may succeed after the error: %s', (_, error) => expect(isTransient(error)).toBe(true))

  it.each<[string, unknown]>([
    ['a character that no text column can store', withCode('22P05')],
    ['a number out of range', withCode('22003')],
    ['another row of that key', withCode('23505', { constraint: 'queue_row_pkey' })],
    ['a missing column', wrappedByTypeorm(withCode('42703'))],
    ['a transaction that has failed already', withCode('25P02')],
    [
      'an error of ours that mentions connections',
      new TypeError("Cannot read properties of undefined (reading 'connection')"),
    ],
    ['a message that mentions time', new Error('unexpected token: timeout, extended, terminated')],
    ['a number that does not fit', new RangeError('a bigint of the database does not fit a number')],
    ['a string instead of an error', 'Connection terminated'],
    ['no value', undefined],
  ])('no retry succeeds after an error of the data or of our code: %s', (_, error) =>
    expect(isTransient(error)).toBe(false),
  )
})
