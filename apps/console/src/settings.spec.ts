import { readSettings } from '#access'
import { ConsoleSettings } from './settings'

const GIVEN = { DATABASE_URL: 'postgres://u:p@localhost:5432/d', SHOUHOU_KEY: 'k' }

describe('the settings of the console', () => {
  it('listens on the loopback address unless told which loopback address', () => {
    expect(readSettings(ConsoleSettings, GIVEN)).toMatchObject({ CONSOLE_HOST: '127.0.0.1', PORT: 8080 })
    expect(readSettings(ConsoleSettings, { ...GIVEN, CONSOLE_HOST: '::1', PORT: '0' })).toMatchObject({ CONSOLE_HOST: '::1', PORT: 0 })
  })

  it.each([
    [{ CONSOLE_HOST: '0.0.0.0' }, 'CONSOLE_HOST: must be one of 127.0.0.1, ::1, localhost: nobody logs in yet'],
    [{ CONSOLE_HOST: '192.168.1.2' }, 'CONSOLE_HOST'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'http' }, 'must be a port number'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL: must be an address like postgres://'],
    [{ DATABASE_URL: '' }, 'DATABASE_URL'],
    [{ SHOUHOU_KEY: '' }, 'SHOUHOU_KEY: must be given'],
    [{ SHOUHOU_CLOCK: 'now' }, 'SHOUHOU_CLOCK'],
  ])('says what is wrong with %j', (wrong, said) => {
    expect(() => readSettings(ConsoleSettings, { ...GIVEN, ...wrong })).toThrow(said)
  })
})
