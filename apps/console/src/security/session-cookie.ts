import type { IncomingHttpHeaders } from 'node:http'

/**
 * The prefix makes browsers accept the cookie only from this very host, over TLS or from the machine itself, for all paths.
 * A cookie does not know ports: against other programs on the same host the origin check protects.
 */
export const SESSION_COOKIE = '__Host-shouhou'

const TOKEN = /^[\w-]{20,200}$/
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/** @param endsAt when the session ends whatever happens, UTC ms */
export const sessionCookie = (token: string, endsAt: number): string =>
  `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}; Expires=${new Date(endsAt).toUTCString()}`

export const NO_SESSION_COOKIE = `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`

/** Ties a log-in through a provider to the browser that began it. */
const ATTEMPT_COOKIE = '__Host-shouhou-oidc'

export const attemptCookie = (token: string, lastsMs: number): string =>
  `${ATTEMPT_COOKIE}=${token}; ${ATTRIBUTES}; Max-Age=${Math.ceil(lastsMs / 1_000)}`

export const attemptTokenOf = (headers: IncomingHttpHeaders): string | undefined => tokenOf(headers, ATTEMPT_COOKIE)

export const sessionTokenOf = (headers: IncomingHttpHeaders): string | undefined => tokenOf(headers, SESSION_COOKIE)

/** `undefined` where the request has no such cookie, or more than one. */
function tokenOf({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  const found = (cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
  const [only] = found
  const token = found.length === 1 ? only?.slice(name.length + 1) : undefined
  return token !== undefined && TOKEN.test(token) ? token : undefined
}

/** The API key of `Authorization: Bearer shk_…`. */
export function apiKeyOf({ authorization }: IncomingHttpHeaders): string | undefined {
  const [, key] = /^Bearer (shk_[\w-]{10,200})$/i.exec(authorization ?? '') ?? []
  return key
}
