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
 * Until people log in, every caller that reaches the console may read it, so only this machine may reach it. The address it
 * listens on is one half. The other half: no foreign page in a browser on this machine may send requests, neither under a
 * host name of its own (the host is checked) nor by a form, script, picture or frame (the origin and the browser's
 * `sec-fetch-*` headers are checked). A foreign page may link to the page, and to nothing of the API.
 */
export function requireLocalOrigin(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS)
    if (!comesFromElsewhere(request)) return done()
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

/** With one exception: a foreign page may link to the page. */
function comesFromElsewhere({ headers, method, url }: FastifyRequest): boolean {
  const { host, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers
  const reads = method === 'GET' || method === 'HEAD'
  const link = reads && mode === 'navigate' && destination === 'document' && !/^\/+api(?:\/|$|\?)/i.test(url)
  return isForeign(link ? { host } : headers)
}
