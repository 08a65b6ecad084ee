import { CATALOGUE_FILES } from '#analytics'
import { CommandError } from '#runtime'

/** What needs the database. */
export type DatabaseCommand =
  | { readonly do: 'logins' | 'views' }
  | { readonly do: 'login'; readonly slug: string; readonly days: number }
  | { readonly do: 'revoke'; readonly login: string }
export type AnalyticsCommand = { readonly do: 'catalogue' } | DatabaseCommand

const DEFAULT_DAYS = 90
const MOST_DAYS = 366

export const USAGE = `npm run analytics -- catalogue            writes ${Object.keys(CATALOGUE_FILES).join(' and ')}
npm run analytics -- login ORGANISATION [--days ${DEFAULT_DAYS}]   a database login that reads the views of one organisation; at most ${MOST_DAYS} days
npm run analytics -- logins               all of them, and until when they are valid
npm run analytics -- revoke LOGIN         takes everything from a login, at once
npm run analytics -- views                makes the views of this version`

/** @throws CommandError with the usage */
export function parseAnalyticsArguments(words: readonly string[]): AnalyticsCommand {
  const [first, named, option, value, ...more] = words
  if (named === undefined && first === 'catalogue') return { do: first }
  if (named === undefined && (first === 'logins' || first === 'views')) return { do: first }
  if (first === 'revoke' && named !== undefined && option === undefined) return { do: first, login: named }
  const days = option === undefined ? DEFAULT_DAYS : /^\d{1,3}$/.test(value ?? '') ? Number(value) : 0
  const isOption = option === undefined || option === '--days'
  if (first === 'login' && named !== undefined && isOption && days >= 1 && days <= MOST_DAYS && more.length === 0)
    return { do: first, slug: named, days }
  throw new CommandError(USAGE)
}
