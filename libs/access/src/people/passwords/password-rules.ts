import { isCommonPassword } from './common-passwords'

/** What is wrong with a new password. */
export type PasswordFlaw = 'password-too-short' | 'password-too-long' | 'password-common' | 'password-contains-login'

export const PASSWORD_LENGTH = { least: 12, most: 128 } as const

/** A password as it is hashed: however a keyboard composes its letters, it is the same (NIST SP 800-63B: NFKC). */
export const normalisedPassword = (password: string): string => password.toWellFormed().normalize('NFKC')

/** Length and lists; no rule on kinds of letters. Lengths are code points, after normalisation. */
export function passwordFlaws(
  password: string,
  { login, displayName }: { login: string; displayName: string },
): PasswordFlaw[] {
  const normalised = normalisedPassword(password)
  const length = [...normalised].length
  const lower = normalised.toLowerCase()
  return [
    ...(length < PASSWORD_LENGTH.least ? (['password-too-short'] as const) : []),
    ...(length > PASSWORD_LENGTH.most ? (['password-too-long'] as const) : []),
    // An endless one is not looked at.
    ...(length <= PASSWORD_LENGTH.most && isCommonPassword(lower) ? (['password-common'] as const) : []),
    ...(namesOf(login, displayName).some((name) => lower.includes(name)) ? (['password-contains-login'] as const) : []),
  ]
}

/** Names that may not occur in a password: long enough not to occur by chance. */
const namesOf = (login: string, displayName: string): string[] =>
  [login, login.split('@')[0] ?? '', displayName]
    .map((name) => name.normalize('NFKC').trim().toLowerCase())
    .filter((name) => [...name].length >= (/\p{Script=Han}/u.test(name) ? 2 : 4))
