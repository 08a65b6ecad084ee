import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor, Directory, Identity, Origin } from '#access'
import { withTenants } from '#event-store'
import { runAs } from './current-actor'
import { apiKeyOf, sessionTokenOf } from './session-cookie'

const actors = new WeakMap<FastifyRequest, Actor>()

/** Who asks; `undefined` where the request proves nothing. */
export const actorOf = (request: FastifyRequest): Actor | undefined => actors.get(request)

/** Enough to recognise a browser; the header may have kilobytes. */
const LONGEST_USER_AGENT = 200

/** Where a request came from, as the throttles count it and the list of sessions shows it. */
export const originOf = ({ ip, headers }: FastifyRequest): Origin => ({
  address: ip,
  userAgent: (headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
})

/** The actor of a request, by the session's cookie or the API key; read on each request, so that a revoked session or a changed role holds at once. */
export class Authenticator {
  constructor(
    private readonly identity: Pick<Identity, 'sessions' | 'apiKeys'>,
    private readonly directory: Pick<Directory, 'current'>,
  ) {}

  /** @param options.noteUse `false`: a session that is used for nothing else becomes idle all the same */
  async find(headers: IncomingHttpHeaders, options?: { readonly noteUse: boolean }): Promise<Actor | undefined> {
    const [key, token] = [apiKeyOf(headers), sessionTokenOf(headers)]
    // A request with both is of a program: a browser sends no such header by itself.
    const found =
      key !== undefined
        ? await this.identity.apiKeys.find(key)
        : token === undefined
          ? undefined
          : await this.identity.sessions.find(token, options)
    return found !== undefined && (await this.isServed(found.org)) ? found : undefined
  }

  private async isServed(org: number): Promise<boolean> {
    const { organisations } = await withTenants([org], () => this.directory.current())
    return organisations.some(({ id }) => id === org)
  }
}

/**
 * Finds out for each request of the interface who asks; whether the caller may do what it asks is the guard's to say. The files of
 * the page are public: no session is looked up for them.
 */
export function authenticate(fastify: FastifyInstance, authenticator: Authenticator): void {
  fastify.addHook('onRequest', async (request) => {
    if (request.routeOptions.url?.startsWith('/api/') !== true) return
    const actor = await authenticator.find(request.headers)
    if (actor !== undefined) actors.set(request, actor)
  })
  // After the body: reading it runs in the context of the connection, not of the request.
  fastify.addHook('preHandler', (request, _reply, done) => runAs(actorOf(request), done))
}
