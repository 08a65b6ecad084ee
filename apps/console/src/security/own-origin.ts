import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isForeign, plainPath } from '#runtime'
import { contentPolicy } from './content-policy'
import { PROBLEM_CODES } from '../problems/problem-codes'

/** Sent with every answer of the console. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * The defence against requests that another page makes in a browser: a cookie ignores ports, and `SameSite` knows only sites.
 * The console answers under its own address only (`PUBLIC_URL`; without it, the loopback names), so no page can reach it
 * under a host name of its own; and not to forms, scripts, pictures or frames of a foreign page (`Origin` and the browser's
 * `sec-fetch-*` headers). A foreign page may link to the page, and to nothing of the API.
 */
export function requireOwnOrigin(fastify: FastifyInstance, publicUrl?: string): void {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl)
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS)
    if (own?.protocol === 'https:') void reply.header('strict-transport-security', 'max-age=31536000')
    if (!comesFromElsewhere(request, own)) return done()
    const [status, title, detail] = PROBLEM_CODES['foreign-origin']
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title,
          status,
          code: 'foreign-origin',
          detail,
          instance: plainPath(request.url),
        }),
      )
  })
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store')
    done()
  })
}

/** Whether a request is of a foreign page or for a foreign host. A link of a foreign page to the page itself is not. */
function comesFromElsewhere({ headers, method, url }: FastifyRequest, own: URL | undefined): boolean {
  const { host, origin, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers
  const reads = method === 'GET' || method === 'HEAD'
  const link = reads && mode === 'navigate' && destination === 'document' && !/^\/+api(?:\/|$|\?)/i.test(url)
  if (own === undefined) return isForeign(link ? { host } : headers)
  // Health checks come by the loopback address; everything else by the public one, exactly.
  if (isForeign(link ? { host } : headers, { names: [own.hostname] })) return true
  const isPublic = host?.toLowerCase() === own.host
  return isPublic ? !link && origin !== undefined && origin !== own.origin : isForeign({ host })
}
