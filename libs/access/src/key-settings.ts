import { IsOptional, IsString, ValidateIf } from 'class-validator'
import { UnusableSettings } from './settings'

export interface KeySettings {
  readonly SHOUHOU_KEY?: string
  readonly SHOUHOU_KEYS?: string
}

/** Marks `SHOUHOU_KEY` of a process that cannot do without a key: one key, or `SHOUHOU_KEYS`. */
export const IsMasterKey = (): PropertyDecorator => (target, name) => {
  ValidateIf((settings: KeySettings) => settings.SHOUHOU_KEYS === undefined)(target, name)
  IsString({ message: 'must be given: 32 bytes in base64, the same for gateway, worker and console' })(target, name)
}

/** Marks `SHOUHOU_KEYS`: several keys, divided by commas or lines. The first seals, all open. */
export const IsMasterKeyList = (): PropertyDecorator => (target, name) => {
  IsOptional()(target, name)
  IsString()(target, name)
}

const KEY_FORMAT = 'must be 32 bytes in base64 or hexadecimal, e.g. from `openssl rand -base64 32`'

/** The master keys of a process, the one that seals first. @throws UnusableSettings */
export function masterKeysOf({ SHOUHOU_KEY: one, SHOUHOU_KEYS: several }: KeySettings): Buffer[] {
  if (one !== undefined && several !== undefined)
    throw new UnusableSettings(['SHOUHOU_KEY: give SHOUHOU_KEY or SHOUHOU_KEYS, not both'])
  if (several !== undefined) return parseKeys('SHOUHOU_KEYS', several)
  return one === undefined ? [] : [parseKey('SHOUHOU_KEY', one)]
}

/** All keys of a text, divided by commas, blanks or lines. @throws UnusableSettings naming where they came from */
export function parseKeys(name: string, text: string): Buffer[] {
  const keys = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => parseKey(name, word))
  if (keys.length === 0) throw new UnusableSettings([`${name}: holds no key`])
  if (new Set(keys.map((key) => key.toString('hex'))).size < keys.length)
    throw new UnusableSettings([`${name}: holds one key twice`])
  return keys
}

/** The 32 bytes that everything at rest is sealed with, from base64 or hexadecimal. */
function parseKey(name: string, text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length !== 32) throw new UnusableSettings([`${name}: ${KEY_FORMAT}`])
  return key
}

export const masterKeyOf = (text: string): Buffer => parseKey('SHOUHOU_KEY', text)
