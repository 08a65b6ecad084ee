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

/** The token of the session; `undefined` where the request has none, or more than one. */
export function sessionTokenOf({ cookie }: IncomingHttpHeaders): string | undefined {
  const found = (cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${SESSION_COOKIE}=`))
  const [only] = found
  const token = found.length === 1 ? only?.slice(SESSION_COOKIE.length + 1) : undefined
  return token !== undefined && TOKEN.test(token) ? token : undefined
}

/** The API key of `Authorization: Bearer shk_…`. */
export function apiKeyOf({ authorization }: IncomingHttpHeaders): string | undefined {
  const [, key] = /^Bearer (shk_[\w-]{10,200})$/i.exec(authorization ?? '') ?? []
  return key
}
