import type { FastifyInstance, FastifyRequest } from 'fastify'
import { plainPath } from '#observability'
import { contentPolicy } from './content-policy'
import { PROBLEM_CODES } from './problem-codes'

/** On every answer of the console. */
export const DOOR_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

const OURS = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/

/**
 * Until people log in, whoever reaches the console may read it; so only this machine may. The address it listens on is
 * one half; the other is that no foreign page in a browser here may speak through it: neither under a name of its own
 * (the host is checked) nor by a form, script, picture or frame (the origin is checked, and what the browser says of the
 * site that asks). A foreign page may have a link to the page, and to nothing of the API.
 */
export function guardTheDoor(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(DOOR_HEADERS)
    if (!isForeign(request)) return done()
    void reply
      .status(403)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: PROBLEM_CODES.forbidden[1],
          status: 403,
          code: 'forbidden',
          detail: PROBLEM_CODES.forbidden[2],
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

function isForeign({ headers, method, url }: FastifyRequest): boolean {
  const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers
  if (host === undefined || !OURS.test(host)) return true
  const sameSite = site === undefined || site === 'same-origin' || site === 'none'
  const reads = method === 'GET' || method === 'HEAD'
  if (!reads) return !sameSite || (origin !== undefined && origin !== `http://${host}`)
  return !sameSite && !(mode === 'navigate' && destination === 'document' && !/^\/+api(?:\/|$|\?)/i.test(url))
}
