import { readAllSettings } from '#access'
import { RuntimeSettings } from '#runtime'
import { ConsoleSettings } from './settings'

/** Reads the settings as the process does: those of the runtime and of the console together. */
const readSettings = (env: NodeJS.ProcessEnv): object =>
  Object.assign({}, ...readAllSettings([RuntimeSettings, ConsoleSettings], env))

const GIVEN = { DATABASE_URL: 'postgres://u:p@localhost:5432/d', SHOUHOU_KEY: 'k' }

const BUCKET = {
  EVIDENCE_S3_ENDPOINT: 'https://s3.example.com',
  EVIDENCE_S3_BUCKET: 'pieces',
  EVIDENCE_S3_ACCESS_KEY: 'a',
  EVIDENCE_S3_SECRET_KEY: 's',
}

describe('ConsoleSettings', () => {
  it.each([{}, { EVIDENCE_FOLDER: '/evidence' }, BUCKET])('accepts %j as the place for evidence', (given) => {
    expect(readSettings({ ...GIVEN, ...given })).toMatchObject(given)
  })

  it('sets the loopback address to listen on, or another loopback address', () => {
    expect(readSettings(GIVEN)).toMatchObject({ CONSOLE_HOST: '127.0.0.1', PORT: 8080 })
    expect(readSettings({ ...GIVEN, CONSOLE_HOST: '::1', PORT: '0' })).toMatchObject({
      CONSOLE_HOST: '::1',
      PORT: 0,
    })
  })

  it('allows any address in a container, whose port only its host can reach', () => {
    expect(readSettings({ ...GIVEN, CONSOLE_HOST: '0.0.0.0', CONSOLE_CONTAINED: 'true' })).toMatchObject({
      CONSOLE_HOST: '0.0.0.0',
    })
    expect(() => readSettings({ ...GIVEN, CONSOLE_HOST: '0.0.0.0', CONSOLE_CONTAINED: 'yes' })).toThrow('CONSOLE_HOST')
  })

  it('allows any address where people reach the console by a proxy with TLS', () => {
    const PUBLIC_URL = 'https://after-sale.example.com'
    expect(readSettings({ ...GIVEN, CONSOLE_HOST: '0.0.0.0', PUBLIC_URL })).toMatchObject({
      CONSOLE_HOST: '0.0.0.0',
      PUBLIC_URL,
    })
    for (const wrong of ['http://after-sale.example.com', `${PUBLIC_URL}/console`, 'after-sale.example.com'])
      expect(() => readSettings({ ...GIVEN, PUBLIC_URL: wrong })).toThrow('PUBLIC_URL: must be an https address')
  })

  it.each([
    [{ CONSOLE_HOST: '0.0.0.0' }, 'CONSOLE_HOST: must be one of 127.0.0.1, ::1, localhost unless PUBLIC_URL'],
    [{ CONSOLE_HOST: '192.168.1.2' }, 'CONSOLE_HOST'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'http' }, 'must be a port number'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL: must be an address like postgres://'],
    [{ DATABASE_URL: '' }, 'DATABASE_URL'],
    [{ SHOUHOU_KEY: '' }, 'SHOUHOU_KEY: must be given'],
    [{ SHOUHOU_CLOCK: 'now' }, 'SHOUHOU_CLOCK'],
    [{ EVIDENCE_S3_ENDPOINT: 'https://s3.example.com' }, 'EVIDENCE_S3_BUCKET: must be the name of a bucket'],
    [{ EVIDENCE_S3_BUCKET: 'pieces' }, 'EVIDENCE_S3_ENDPOINT: must be an address without a path'],
    [{ ...BUCKET, EVIDENCE_S3_SECRET_KEY: '' }, 'EVIDENCE_S3_SECRET_KEY: must be given'],
    [{ ...BUCKET, EVIDENCE_FOLDER: '/evidence' }, 'EVIDENCE_FOLDER: a folder or a bucket, not both'],
    [{ EVIDENCE_PUBLIC_URL: 'push.example.com' }, "EVIDENCE_PUBLIC_URL: must be the gateway's address"],
    [{ EVIDENCE_PUBLIC_URL: 'https://push.example.com/?a=1' }, 'EVIDENCE_PUBLIC_URL'],
    [{ EVIDENCE_PUBLIC_URL: 'http://push.example.com' }, 'EVIDENCE_PUBLIC_URL: must begin with https://'],
    [{ EVIDENCE_PUBLIC_URL: 'http://127.0.0.1:8081' }, 'INSECURE_HOSTS'],
    [{ ...BUCKET, EVIDENCE_S3_ENDPOINT: 'http://s3.example.com' }, 'EVIDENCE_S3_ENDPOINT: must begin with https://'],
    [{ INSECURE_HOSTS: 'http://127.0.0.1' }, 'INSECURE_HOSTS: must be names of hosts without ports'],
    [{ EVIDENCE_LINK_HOURS: '0' }, 'EVIDENCE_LINK_HOURS'],
    [{ EVIDENCE_LINK_HOURS: '1.5' }, 'EVIDENCE_LINK_HOURS: must be whole hours'],
  ])('refuses %j with the setting that is wrong', (wrong, message) => {
    expect(() => readSettings({ ...GIVEN, ...wrong })).toThrow(message)
  })
})
