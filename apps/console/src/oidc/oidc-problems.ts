import * as client from 'openid-client'
import type { OidcRefusal } from '#access'
import type { ProblemCode } from '../problems/problem-codes'
import { AddressNotAllowed, CallFailed } from './guarded-fetch'

/** Why the way to the provider or back ended. */
export class OidcProblem extends Error {
  constructor(
    readonly code: Extract<ProblemCode, `oidc-${string}`>,
    /** An OAuth error code of the provider, e.g. `access_denied`. */
    readonly reason?: string,
  ) {
    super(code)
  }
}

/** The code of an OAuth error; anything else that a provider or a visitor writes is not repeated. */
const OAUTH_ERROR = /^[a-z_]{1,60}$/

/** @param otherwise what it means where nothing of the answer was understood */
export function problemOfCall(
  error: unknown,
  otherwise: 'oidc-unreachable' | 'oidc-not-verified' = 'oidc-not-verified',
): OidcProblem {
  if (error instanceof OidcProblem) return error
  const causes = causesOf(error)
  if (causes.some((cause) => cause instanceof AddressNotAllowed)) return new OidcProblem('oidc-address-not-allowed')
  if (causes.some((cause) => cause instanceof CallFailed)) return new OidcProblem('oidc-unreachable')
  if (error instanceof client.AuthorizationResponseError) return new OidcProblem('oidc-declined', codeOf(error.error))
  // Most often the code was used before, has expired, or the secret is wrong.
  if (error instanceof client.ResponseBodyError) return new OidcProblem('oidc-code-refused', codeOf(error.error))
  const isUnreadable = error instanceof client.ClientError && UNREADABLE.has(error.code ?? '')
  return new OidcProblem(isUnreadable ? 'oidc-unreachable' : otherwise)
}

const codeOf = (text: string): string | undefined => (OAUTH_ERROR.test(text) ? text : undefined)

/** An error page of a proxy, a server error. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_PARSE_ERROR',
])

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let one = error; one instanceof Error && causes.length < 5; one = one.cause) causes.push(one)
  return causes
}

export const CODE_OF_REFUSAL: Readonly<Record<OidcRefusal, ProblemCode>> = {
  'not-linked': 'oidc-not-linked',
  'person-disabled': 'oidc-person-disabled',
  'not-allowed': 'oidc-not-allowed',
  'already-linked': 'oidc-already-linked',
  'not-fresh': 'oidc-not-fresh',
  'code-wanted': 'proof-refused',
  'other-person': 'oidc-other-person',
  'link-not-usable': 'link-not-usable',
  'session-ended': 'oidc-start-again',
}
