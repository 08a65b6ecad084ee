import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, UnusableDatabaseUrl, parseDatabaseUrl } from './connection-options'
import { isLocalHost } from './local-host'

const folder = mkdtempSync(join(tmpdir(), 'shouhou-root-'))
const root = join(folder, 'root.crt')
beforeAll(() => writeFileSync(root, 'PEM'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const parseOutcome = (host: string, query: string): ConnectionOptions['ssl'] | string => {
  try {
    const { ssl } = parseDatabaseUrl(`postgres://u:p@${host}:5432/d${query}`)
    // Functions cannot be compared, only whether there is one.
    return ssl === false
      ? false
      : (JSON.parse(JSON.stringify({ ...ssl, anyHost: 'checkServerIdentity' in ssl })) as object as never)
  } catch (error) {
    return error instanceof UnusableDatabaseUrl ? (error.message.split(':')[0] ?? '') : 'threw something else'
  }
}
const verifiedTls = (more: object = {}): object => ({ rejectUnauthorized: true, anyHost: false, ...more })
const REFUSED = 'leads to another host and does not demand TLS'

describe('the connection options of a DATABASE_URL (fault C3)', () => {
  it.each<[string, string, unknown]>([
    ['127.0.0.1', '', false],
    ['localhost', '', false],
    ['[::1]', '', false],
    ['db.example', '', REFUSED],
    ['10.0.0.7', '', REFUSED],
    ['[fd00::1]', '', REFUSED],
    ['postgres', '', REFUSED],
    ['127.0.0.1.example', '', REFUSED],
    ['localhost.example', '', REFUSED],
    ['db.example', '?sslmode=disable', false],
    ['db.example', '?sslmode=allow', REFUSED],
    ['db.example', '?sslmode=prefer', REFUSED],
    ['127.0.0.1', '?sslmode=prefer', REFUSED],
    ['db.example', '?sslmode=require', { rejectUnauthorized: false, anyHost: false }],
    ['127.0.0.1', '?sslmode=require', { rejectUnauthorized: false, anyHost: false }],
    ['db.example', `?sslmode=require&sslrootcert=${root}`, verifiedTls({ anyHost: true, ca: 'PEM' })],
    ['db.example', '?sslmode=verify-ca', verifiedTls({ anyHost: true })],
    ['db.example', `?sslmode=verify-ca&sslrootcert=${root}`, verifiedTls({ anyHost: true, ca: 'PEM' })],
    ['db.example', '?sslmode=verify-full', verifiedTls()],
    ['db.example', `?sslmode=verify-full&sslrootcert=${root}`, verifiedTls({ ca: 'PEM' })],
    ['db.example', '?sslmode=verify-full&sslrootcert=/not/there', 'names a sslrootcert that cannot be read'],
    [
      'db.example',
      '?sslmode=VERIFY-FULL',
      'has an unknown sslmode; it may be disable, allow, prefer, require, verify-ca, verify-full',
    ],
    [
      'db.example',
      '?sslmode=',
      'has an unknown sslmode; it may be disable, allow, prefer, require, verify-ca, verify-full',
    ],
    ['db.example', '?ssl=true', 'has ssl=…'],
    ['db.example', '?ssl=0', 'has ssl=…'],
    ['db.example', '?sslmode=verify-full&sslcert=x', 'has sslcert, which is not supported'],
  ])('the address of %s with "%s" is encrypted and verified as sslmode says, or refused', (host, query, expected) => {
    expect(parseOutcome(host, query)).toEqual(expected)
  })

  it('have user, password, database and all other parameters of the address', () => {
    expect(parseDatabaseUrl('postgresql://a%40b:p%2Fq@127.0.0.1/d?application_name=x&options=-c%20geqo%3Doff')).toEqual(
      {
        host: '127.0.0.1',
        port: 5432,
        user: 'a@b',
        password: 'p/q',
        database: 'd',
        ssl: false,
        applicationName: 'x',
        options: '-c geqo=off',
      },
    )
  })

  it('have the host of the query, which may be a Unix socket, and its TLS is judged by that host', () => {
    expect(parseDatabaseUrl('postgres:///d?host=/var/run/postgresql').host).toBe('/var/run/postgresql')
    expect(() => parseDatabaseUrl('postgres://u:p@127.0.0.1/d?host=db.example')).toThrow(REFUSED)
  })

  it('are refused without repeating the address, which holds a password', () => {
    for (const address of [
      'postgres://u:hush@db.example/d',
      'postgres://u:hush@:x/d',
      'hush',
      'postgres://u:hush@h/d?sslmode=hush',
    ])
      expect(() => parseDatabaseUrl(address)).toThrow(expect.not.stringContaining('hush') as string)
  })
})

describe('isLocalHost', () => {
  it.each([
    ['localhost', true],
    ['LOCALHOST.', true],
    ['db.localhost', true],
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['[::1]', true],
    ['::ffff:127.0.0.1', true],
    ['/tmp', true],
    ['0.0.0.0', false],
    ['127.evil.example', false],
    ['127.0.0.1.nip.example', false],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['localhost.example', false],
    ['', false],
  ])('takes "%s" for this machine: %s', (host, expected) => {
    expect(isLocalHost(host)).toBe(expected)
  })
})
