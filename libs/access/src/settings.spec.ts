import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { masterKeyOf } from './key-settings'
import { UnusableSettings, readSettings, settingsOf } from './settings'

class Settings {
  @Matches(/^postgres:\/\/\S+$/, { message: 'must be an address' })
  URL: string

  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 8080

  @IsOptional()
  @IsString()
  NOTE?: string
}

const linesOf = (env: NodeJS.ProcessEnv, settingsClass: new () => object = Settings): readonly string[] => {
  try {
    readSettings(settingsClass, env)
    return []
  } catch (error) {
    if (error instanceof UnusableSettings) return error.lines
    throw error
  }
}

describe('settings', () => {
  it('are read from texts, with the defaults of those that are not given; others are ignored', () => {
    const { URL, PORT, NOTE } = readSettings(Settings, { URL: 'postgres://here', PORT: '9000', PATH: '/bin' })
    expect([URL, PORT, NOTE]).toEqual(['postgres://here', 9000, undefined])
  })

  it('that are empty are not given', () => {
    expect(readSettings(Settings, { URL: 'postgres://here', PORT: '', NOTE: '' })).toMatchObject({ PORT: 8080 })
    expect(linesOf({ URL: '' })).toEqual(['URL: must be an address'])
  })

  it('may lie in a file, as containers are handed secrets; what is given itself counts more', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shouhou-settings-'))
    const file = join(folder, 'url')
    writeFileSync(file, 'postgres://in-a-file\n')
    try {
      expect(readSettings(Settings, { URL_FILE: file, PATH_FILE: '/nowhere' })).toMatchObject({
        URL: 'postgres://in-a-file',
      })
      expect(readSettings(Settings, { URL: 'postgres://here', URL_FILE: file })).toMatchObject({
        URL: 'postgres://here',
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(linesOf({ URL_FILE: file })).toEqual(['URL_FILE: cannot be read'])
  })

  it('have names that can be asked for', () => {
    expect(settingsOf(Settings)).toEqual(['URL', 'PORT', 'NOTE'])
  })

  it('that cannot be used are named, all at once, a line each', () => {
    expect(linesOf({ URL: 'mysql://here', PORT: '70000' })).toEqual([
      'URL: must be an address',
      'PORT: PORT must not be greater than 65535',
    ])
    expect(new UnusableSettings(['URL: x', 'PORT: y']).message).toBe(
      'These settings cannot be used:\n  - URL: x\n  - PORT: y',
    )
  })

  it.each(['eighty', '80.5', '-1', '1e9', 'NaN', '0x', '80 81'])('do not take %j for a port', (PORT) => {
    expect(linesOf({ URL: 'postgres://here', PORT })).toEqual([expect.stringMatching(/^PORT: /) as string])
  })

  it('of a field with several rules of one text say it once', () => {
    class Port {
      @IsInt({ message: 'must be a port' })
      @Min(0, { message: 'must be a port' })
      @Max(65_535, { message: 'must be a port' })
      PORT = 1
    }
    expect(linesOf({ PORT: 'eighty' }, Port)).toEqual(['PORT: must be a port'])
  })

  it('are never repeated in an error: a setting may be a secret', () => {
    const lines = linesOf({ URL: 'hunter2-canary', PORT: '31337canary' }).join('\n')
    expect(lines).not.toMatch(/canary|hunter2|31337/)
  })
})

describe('the master key', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7))

  it.each([
    ['base64', key.toString('base64')],
    ['base64url', key.toString('base64url')],
    ['hexadecimal', key.toString('hex')],
    ['HEXADECIMAL', key.toString('hex').toUpperCase()],
    ['base64 with a line break', `${key.toString('base64')}\n`],
  ])('is taken in %s', (_, text) => expect(masterKeyOf(text)).toEqual(key))

  it.each([
    ['a password', 'correct horse battery staple'],
    ['31 bytes', key.subarray(1).toString('base64')],
    ['33 bytes', Buffer.concat([key, key.subarray(0, 1)]).toString('base64')],
    ['a digit short', key.toString('hex').slice(1)],
    ['nothing', ''],
  ])('is refused when it is %s, without repeating it', (_, text) => {
    const refused = (): Buffer => masterKeyOf(text)
    expect(refused).toThrow(UnusableSettings)
    expect(refused).toThrow('SHOUHOU_KEY: must be 32 bytes in base64 or hexadecimal')
    if (text !== '') expect(refused).not.toThrow(text)
  })
})
