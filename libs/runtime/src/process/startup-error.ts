import { CommandError } from './command-error'
import { Unsealable, UnusableSettings, WrongKey } from '#access'

/** Error codes of Node for a server that cannot be reached. */
const UNREACHABLE_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']
/** Why PostgreSQL refuses the connection, by its error code. */
const REFUSAL_REASONS: Readonly<Record<string, string>> = {
  '28P01': 'user or password',
  '28000': 'user',
  '3D000': 'there is no such database',
  '57P01': 'it is shutting down',
  '57P03': 'it is starting or shutting down',
}

/**
 * Why a process could not start, for the operator: which setting to change. Values are not repeated, and a stack is shown
 * only for errors of our own code.
 */
export function startupErrorMessage(error: unknown): string {
  if (error instanceof UnusableSettings || error instanceof CommandError) return error.message
  if (error instanceof WrongKey) return unusableSetting(`SHOUHOU_KEY: ${error.message}`)
  if (error instanceof Unsealable)
    return unusableSetting('SHOUHOU_KEY: is not the key that this database is sealed with')
  if (!(error instanceof Error)) return String(error)
  const { code = '', setting } = error as { code?: unknown; setting?: unknown }
  // Other libraries name the setting that an error comes from.
  if (typeof setting === 'string') return unusableSetting(`${setting}: ${error.message}`)
  if (typeof code === 'string') {
    if (UNREACHABLE_CODES.includes(code)) return unusableSetting(`DATABASE_URL: no PostgreSQL answers there (${code})`)
    if (REFUSAL_REASONS[code] !== undefined)
      return unusableSetting(`DATABASE_URL: is refused by PostgreSQL (${REFUSAL_REASONS[code]})`)
    if (code === 'EADDRINUSE' || code === 'EACCES')
      return unusableSetting(`${error.message.replace(/^listen /, '')}: this port is not available; choose another`)
  }
  if (error.message === 'fetch failed' || error.name === 'TimeoutError')
    return unusableSetting('SHOUHOU_CLOCK: no clock answers there')
  return error.stack ?? error.message
}

const unusableSetting = (line: string): string => new UnusableSettings([line]).message
