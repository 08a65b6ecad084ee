import { ACTING } from './operator-requests'
import type { SignedIn, Requester } from './signed-in'

/**
 * Headers with a session where a request has none of its own: that of the person named by `ACTING`, else the owner's.
 * `null` as the person leaves the request without a session.
 */
export async function withSession(
  { [ACTING]: acting, ...headers }: Readonly<Record<string, string>>,
  signedIn: SignedIn,
): Promise<Record<string, string>> {
  if (headers['cookie'] !== undefined || headers['authorization'] !== undefined) return headers
  const who = acting === undefined ? undefined : (JSON.parse(acting) as Requester | null)
  return who === null ? headers : { ...headers, ...(await signedIn.headers(who)) }
}
