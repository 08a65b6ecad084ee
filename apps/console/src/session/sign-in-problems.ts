import type { LinkFlaw, OidcWanted, PasswordFlaw } from '#access'
import type { FieldCode, FieldError } from '../problems/problem-codes'
import { FIELD_CODES } from '../problems/problem-codes'
import type { Problem } from '../problems/problem.filter'
import { problemOf } from '../problems/problem.filter'
import { iso } from '../core/instants'

/** The problem of an attempt that was not checked at all, or that another log-in is required for. */
export function uncheckedAttemptProblem(
  result: { outcome: 'busy' } | { outcome: 'throttled'; until: number } | OidcWanted,
): Problem {
  if (result.outcome === 'oidc-wanted') return problemOf('oidc-wanted', { more: { organisation: result.organisation } })
  if (result.outcome === 'busy') return problemOf('in-use')
  return problemOf('too-many-attempts', {
    detail: `Too many failed attempts. Try again from ${iso(result.until)} on.`,
    more: { until: iso(result.until) },
  })
}

const FIELD_OF_FLAW = {
  'login-missing': ['login', 'missing'],
  'login-unusable': ['login', 'login-unusable'],
  'login-taken': ['login', 'login-taken'],
  'name-missing': ['displayName', 'missing'],
  'password-too-short': ['password', 'password-too-short'],
  'password-too-long': ['password', 'password-too-long'],
  'password-common': ['password', 'password-common'],
  'password-contains-login': ['password', 'password-contains-login'],
} as const satisfies Readonly<Record<LinkFlaw | PasswordFlaw, readonly [string, FieldCode]>>

/** @param passwordField where the request has the password under another name */
export function flawsProblem(flaws: readonly LinkFlaw[], passwordField = 'password'): Problem {
  const errors = flaws.map((flaw): FieldError => {
    const [field, code] = FIELD_OF_FLAW[flaw]
    return { pointer: `#/${field === 'password' ? passwordField : field}`, code, detail: FIELD_CODES[code] }
  })
  return problemOf('not-understood', { errors })
}
